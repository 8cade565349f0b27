import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a licence asks for whose code goes into a bundle: name, version and the text itself, once for all who share it. */
export function thirdPartyLicences(root: string, files: readonly string[]): string {
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const sharers = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, text } = licenceOf(join(root, folder));
    sharers.set(text, [...(sharers.get(text) ?? []), name]);
  }
  const notices = [...sharers].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`);
  return `The JavaScript in this folder contains code of these packages.\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** Throws when a package has no licence with it: nobody may pass it on then. */
function licenceOf(folder: string): { readonly name: string; readonly text: string } {
  const { name, version, license }: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined && license === undefined) throw new Error(`${folder} says nothing of its licence.`);
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), "utf8");
  return { name: `${name} ${version}`, text: text.replaceAll("\r", "").trim() };
}
