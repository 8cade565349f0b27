import { readFile } from "node:fs/promises";
import { ContractError } from "../../contract/contract-error.ts";
import { diffDocuments } from "../../contract/diff/document-diff.ts";
import type { DocumentChange } from "../../contract/diff/document-diff-change.ts";
import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { type Profile, profiles, revisionOf, revisions } from "../../domain/revision.ts";
import { formatFinding } from "../../scenarios/scenario-source.ts";
import { openDocuments } from "../contract-files.ts";
import { parseYaml } from "../yaml-source.ts";
import { diffReport } from "./diff-report.ts";

const formats = ["text", "json"] as const;

/** Two documents to compare, as they were asked for: each a revision or the path of a file. */
export interface DiffChoice {
  readonly before: string;
  readonly after: string;
  readonly profile: string;
  readonly format: string;
}

export type DiffText =
  | { readonly ok: true; readonly text: string; readonly breaking: number }
  | { readonly ok: false; readonly complaint: string };

/** What has changed between two documents, as text or JSON, or what is wrong with the choice. */
export async function diffText(choice: DiffChoice): Promise<DiffText> {
  const profile = profiles.find((candidate) => candidate === choice.profile);
  const format = formats.find((candidate) => candidate === choice.format);
  if (profile === undefined) return refuse("profile", choice.profile, profiles);
  if (format === undefined) return refuse("format", choice.format, formats);
  const before = await openDocument(choice.before, profile);
  if (!before.ok) return before;
  const after = await openDocument(choice.after, profile);
  if (!after.ok) return after;
  const compared = compare(before, after);
  if (!compared.ok) return compared;
  const { changes } = compared;
  const breaking = changes.filter((change) => change.breaking).length;
  const text =
    format === "text"
      ? diffReport(before.name, after.name, changes)
      : `${JSON.stringify({ before: before.name, after: after.name, breaking, changes }, null, 2)}\n`;
  return { ok: true, text, breaking };
}

type Complaint = Extract<DiffText, { readonly ok: false }>;

function refuse(flag: string, given: string, expected: readonly string[]): Complaint {
  const complaint = `--${flag} is ${JSON.stringify(given)}; expected one of ${expected.join(", ")}.`;
  return { ok: false, complaint };
}

interface Opened {
  readonly ok: true;
  readonly name: string;
  readonly document: JsonObject;
}

async function openDocument(word: string, profile: Profile): Promise<Opened | Complaint> {
  const revision = revisionOf(word);
  if (revision === undefined) return readDocument(word);
  const document = (await openDocuments()).contract(revision, profile);
  return { ok: true, name: `${revision} ${profile}`, document };
}

async function readDocument(file: string): Promise<Opened | Complaint> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const known = `a revision (${revisions.join(", ")}, or a Coder release from 2.30 on) or an OpenAPI file`;
    return { ok: false, complaint: `${file}: expected ${known}: ${why}.` };
  }
  const parsed = await parseYaml({ name: file, file, text });
  if (parsed.kind === "findings") {
    return { ok: false, complaint: parsed.findings.map(formatFinding).join("\n") };
  }
  const { document } = parsed.source;
  if (isJsonObject(document)) return { ok: true, name: file, document };
  return { ok: false, complaint: `${file}: expected an OpenAPI document, a mapping at the top.` };
}

type Compared = { readonly ok: true; readonly changes: readonly DocumentChange[] } | Complaint;

/** A document that cannot be read is told by its name: compared with itself, it fails alone. */
function compare(before: Opened, after: Opened): Compared {
  for (const { name, document } of [before, after]) {
    const own = changesOf(name, { before: document, after: document });
    if (!own.ok) return own;
  }
  return changesOf(after.name, { before: before.document, after: after.document });
}

function changesOf(name: string, documents: Parameters<typeof diffDocuments>[0]): Compared {
  try {
    return { ok: true, changes: diffDocuments(documents) };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { ok: false, complaint: `${name}: ${error.message}.` };
  }
}
