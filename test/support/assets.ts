import { loadAssets } from "../../src/runtime/assets.ts";
import { openDocuments } from "../../src/runtime/contract-files.ts";

/** Contracts that check every answer anew, and the built-in scenarios: read once for all tests, since nothing changes them. */
export const assets = await loadAssets({ recheck: true });

/** The documents of all contracts. */
export const documents = await openDocuments();
