import type { Generate } from "../engine/fallback-generator.ts";

/** A generator that is loaded when the first value is wanted: with it come half a second and 90 MB. */
export function createLazyGenerator(): Generate {
  let loaded: Promise<Generate> | undefined;
  return async (wanted) => {
    loaded ??= import("../adapters/prism/prism-generator.ts").then(({ createPrismGenerator }) =>
      createPrismGenerator(),
    );
    const generate = await loaded;
    return generate(wanted);
  };
}
