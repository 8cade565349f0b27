import type { ScenarioLibrary } from "../scenarios/scenario-library.ts";
import { openDocuments } from "./contract-files.ts";
import { ContractStore } from "./contract-store.ts";
import { loadLibrary } from "./scenario-files.ts";

/** What servers are built from and never change: contracts and scenarios. Several in one process may share it. */
export interface Assets {
  readonly contracts: ContractStore;
  readonly library: ScenarioLibrary;
}

/** Reads the contracts and the built-in scenarios. */
export async function loadAssets(): Promise<Assets> {
  const [documents, library] = await Promise.all([openDocuments(), loadLibrary()]);
  return { contracts: new ContractStore(documents), library };
}
