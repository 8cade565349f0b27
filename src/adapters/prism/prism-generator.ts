import type { Generate, Wanted } from "../../engine/fallback/fallback-generator.ts";

type Prism = typeof import("@stoplight/prism-http");
type Operations = Awaited<ReturnType<Prism["getHttpOperationsFromSpec"]>>;
type Sample = Wanted["sample"];
type Value = Awaited<ReturnType<Generate>>;

/** Prism is used for values only: routes, checks and errors are our own. */
const passive = {
  isProxy: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
} as const;

/** What generated dates lie around, so that they are the same on every day. */
const referenceDate = "2026-01-01T00:00:00Z";

/**
 * Loads Prism, which takes half a second and 90 MB, and makes values with it, one after the other, whoever asks: Prism generates
 * in a later microtask than the one that it is seeded in, and its source of randomness is one for the whole process, so calls at
 * once would take each other's numbers.
 */
export async function loadPrismGenerator(): Promise<Generate> {
  // Before Prism, which requires this ES module: that fails while the module is still on its way.
  const { faker } = await import("@faker-js/faker");
  const { createInstance, getHttpOperationsFromSpec } = await import("@stoplight/prism-http");
  const { pino } = await import("pino");
  // Prism logs each step, some of them at a level of its own, which children inherit.
  const logger = Object.assign(pino({ level: "silent" }), { success: () => undefined });
  const prism = createInstance({ ...passive, mock: { dynamic: false } }, { logger });
  const prepared = new WeakMap<Sample, Promise<Operations>>();
  faker.setDefaultRefDate(referenceDate);
  const make = async ({ sample, isDynamic, seed }: Wanted): Promise<Value> => {
    const known = prepared.get(sample) ?? getHttpOperationsFromSpec(documentWith(sample));
    prepared.set(sample, known);
    const operations = await known;
    // Its values for `x-faker` come from here, all others from the seed of the call.
    faker.seed(seed);
    const mock = {
      // A fresh object each time: Prism writes into it.
      dynamic: isDynamic,
      code: 200,
      mediaTypes: [mediaType],
      seed: String(seed),
    };
    const run = prism.request({ method: "get", url: { path } }, operations, { ...passive, mock });
    const made = await run();
    if (made._tag === "Left") throw made.left;
    return plain(made.right.output.body);
  };
  let last: Promise<unknown> = Promise.resolve();
  return (wanted) => {
    const made = last.then(() => make(wanted));
    last = made.catch(() => undefined);
    return made;
  };
}

const path = "/";
const mediaType = "application/json";

/** A document with nothing but the schema: no other operation to convert, and no callback that Prism would really call. */
function documentWith({ schema, named }: Sample): object {
  const content = { [mediaType]: { schema } };
  // Prism changes what it is given.
  return structuredClone({
    openapi: "3.1.0",
    info: { title: "One schema", version: "1" },
    paths: { [path]: { get: { responses: { 200: { description: "", content } } } } },
    components: { schemas: named },
  });
}

/** What JSON makes of a value: no prototypes, no undefined. */
function plain(value: unknown): Value {
  return JSON.parse(JSON.stringify(value) ?? "null");
}
