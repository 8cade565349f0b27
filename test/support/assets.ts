import { loadAssets } from "../../src/runtime/assets.ts";

/** Contracts that check every answer anew, and the built-in scenarios: read once for all tests, since nothing changes them. */
export const assets = await loadAssets({ recheck: true });
