import { loadPrismGenerator } from "../adapters/prism/prism-generator.ts";
import type { Generate } from "../engine/fallback/fallback-generator.ts";

/** A generator that is loaded when the first value is wanted: most servers never need it. */
export function createLazyGenerator(): Generate {
  let loaded: Promise<Generate> | undefined;
  return async (wanted) => {
    loaded ??= loadPrismGenerator().catch((error: unknown) => {
      // The next one tries anew: what was in the way may be gone.
      loaded = undefined;
      throw error;
    });
    const generate = await loaded;
    return generate(wanted);
  };
}
