import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type DocumentFiles, documentAsset, namedDocuments } from "../runtime/contract-files.ts";
import { packageRoot } from "../runtime/package-root.ts";
import { verdictAsset } from "../runtime/prepared-verdicts.ts";
import { collectScenarioAssets, scenarioAsset } from "../runtime/scenario-files.ts";
import { bundleVerdicts } from "./bundle-verdicts.ts";

/**
 * Prepares what a built server reads (docs/decisions/006-json-prepared-at-build.md): each contract and all scenarios as JSON,
 * since parsing YAML and applying overlays takes longer than everything else in a start; and the verdicts on the schemas of
 * each contract, since compiling those takes longer than everything else in a first answer.
 */
export async function prepareAssets(folder: string, files: DocumentFiles): Promise<void> {
  const documents = namedDocuments(files);
  for (const { name, document } of documents) write(documentAsset(folder, name), document);
  write(scenarioAsset(folder), await collectScenarioAssets(packageRoot));
  await Promise.all(
    documents.map(({ name, document }) => bundleVerdicts(document, verdictAsset(folder, name))),
  );
}

function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
