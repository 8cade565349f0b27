import type { Assets } from "../../src/runtime/assets.ts";
import { openDocuments } from "../../src/runtime/contract-files.ts";
import { ContractStore } from "../../src/runtime/contract-store.ts";
import { loadLibrary } from "../../src/runtime/scenario-files.ts";

/** The documents of all contracts. */
export const documents = await openDocuments();

/** Contracts that check every answer anew, and the built-in scenarios: read once for all tests, since nothing changes them. */
export const assets: Assets = {
  contracts: new ContractStore(documents, { recheck: true }),
  library: await loadLibrary(),
};
