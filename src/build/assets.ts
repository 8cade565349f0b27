import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { documentAsset, namedDocuments, specDocuments } from "../runtime/contract-files.ts";
import { assetFile, packageRoot } from "../runtime/package-root.ts";
import { collectScenarioAssets } from "../runtime/scenario-files.ts";

/**
 * Prepares what a built server reads at its start: each contract and all scenarios as JSON, since parsing YAML and applying
 * overlays takes longer than everything else in a start.
 */
for (const { name, document } of namedDocuments(await specDocuments())) write(documentAsset(name), document);
write(assetFile("scenarios.json"), await collectScenarioAssets(packageRoot));

function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
