import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { contractKeys, documentAsset, specDocuments } from "../runtime/contract-files.ts";
import { assetFile, packageRoot } from "../runtime/package-root.ts";
import { collectScenarioAssets } from "../runtime/scenario-files.ts";

/**
 * Prepares what a built server reads at its start: each contract and all scenarios as JSON, since parsing YAML and applying
 * overlays takes longer than everything else in a start.
 */
const files = await specDocuments();
for (const { revision, profile } of contractKeys) {
  write(documentAsset(`${revision}-${profile}`), files.contract(revision, profile));
}
write(documentAsset("admin"), files.admin());
write(assetFile("scenarios.json"), await collectScenarioAssets(packageRoot));

function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
