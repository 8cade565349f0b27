import { isJsonArray, isJsonObject } from "../json.ts";
import type { SchemaStore } from "./schema-store.ts";

/** Answers whether a transformed schema is part of another, references included. Remembers what it has walked. */
export class ReachableSchemas {
  readonly #store: SchemaStore;
  readonly #known = new WeakMap<object, ReadonlySet<object>>();

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  includes(from: object, schema: object): boolean {
    const known = this.#known.get(from);
    if (known !== undefined) return known.has(schema);
    const walked = this.#walk(from);
    this.#known.set(from, walked);
    return walked.has(schema);
  }

  #walk(from: object): ReadonlySet<object> {
    const seen = new Set<object>();
    const pending: unknown[] = [from];
    while (pending.length > 0) {
      const next = pending.pop();
      if (isJsonArray(next)) pending.push(...next);
      else if (isJsonObject(next) && !seen.has(next)) {
        seen.add(next);
        const { $ref } = next;
        if (typeof $ref === "string") pending.push(this.#store.root($ref));
        pending.push(...Object.values(next));
      }
    }
    return seen;
  }
}
