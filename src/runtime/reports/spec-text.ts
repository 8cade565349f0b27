import { profiles, revisionOf, revisions } from "../../domain/revision.ts";
import { openDocuments } from "../contract-files.ts";

const formats = ["yaml", "json"] as const;

/** A contract to print, as it was asked for. */
export interface SpecChoice {
  readonly revision: string;
  readonly profile: string;
  readonly format: string;
}

export type SpecText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly complaint: string };

/** The text of a contract, or what is wrong with the choice. */
export async function specText(choice: SpecChoice): Promise<SpecText> {
  const revision = revisionOf(choice.revision);
  const profile = profiles.find((candidate) => candidate === choice.profile);
  const format = formats.find((candidate) => candidate === choice.format);
  if (revision === undefined) {
    return refuse(
      "revision",
      choice.revision,
      `one of ${revisions.join(", ")}, or a Coder release from 2.30 on`,
    );
  }
  if (profile === undefined) return refuse("profile", choice.profile, `one of ${profiles.join(", ")}`);
  if (format === undefined) return refuse("format", choice.format, `one of ${formats.join(", ")}`);
  const document = (await openDocuments()).contract(revision, profile);
  return {
    ok: true,
    text: format === "json" ? `${JSON.stringify(document, null, 2)}\n` : await asYaml(document),
  };
}

function refuse(flag: string, given: string, expected: string): SpecText {
  return { ok: false, complaint: `--${flag} is ${JSON.stringify(given)}; expected ${expected}.` };
}

async function asYaml(document: object): Promise<string> {
  const { stringify } = await import("yaml");
  // Without anchors: other tools read them badly.
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 110 });
}
