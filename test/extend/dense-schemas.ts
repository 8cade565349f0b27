import type { JsonObject } from "../../src/contract/json.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const listOf = (name: string) => ({ type: "array", items: ref(name) });
const name = { type: "string" };

/** `Root` and so many kinds of things in it, each of which has to say where it belongs and holds lists of all the others. */
export function denseSchemas(count: number): JsonObject {
  const kinds = Array.from({ length: count }, (_, index) => `Kind${index}`);
  const mapped = (of: readonly string[], schemaOf: (kind: string) => JsonObject) =>
    Object.fromEntries(of.map((kind) => [kind, schemaOf(kind)]));
  const others = (kind: string) => kinds.filter((other) => other !== kind);
  return {
    Root: { type: "object", required: ["name"], properties: { name, ...mapped(kinds, ref) } },
    ...mapped(kinds, (kind) => ({
      type: "object",
      required: ["name", "root"],
      properties: { name, root: ref("Root"), ...mapped(others(kind), listOf) },
    })),
  };
}
