import { isJsonArray, isJsonObject, type JsonObject } from "../contract/json.ts";
import { childPointer, localReference, resolvePointer } from "../contract/json-pointer.ts";

/**
 * What values of a schema have to do without so that they end: pointers of optional properties, items, further properties and
 * alternatives that lead back to a schema that they are in. None where nothing leads back, or nothing can be left out.
 */
export function circlesOf(document: JsonObject, pointer: string): ReadonlySet<string> {
  const circles = new Circles(document, pointer);
  circles.isEndless(pointer);
  return circles.found;
}

class Circles {
  readonly found = new Set<string>();
  readonly #document: JsonObject;
  /** Schemas on the way to where it is. */
  readonly #trail: Set<string>;
  /** Schemas whose values are known to end. */
  readonly #ending = new Set<string>();

  constructor(document: JsonObject, pointer: string) {
    this.#document = document;
    this.#trail = new Set([pointer]);
  }

  /** Whether each value of the schema holds one of a schema on the trail. Whatever may be left out is found on the way. */
  isEndless(pointer: string): boolean {
    const schema = resolvePointer(this.#document, pointer);
    if (!isJsonObject(schema)) return false;
    // All of them are walked, also when one is endless.
    const parts = [
      this.#leadsBack(schema),
      this.#properties(schema, pointer),
      this.#unlessEmpty(schema, { pointer, keyword: "items", least: "minItems" }),
      this.#unlessEmpty(schema, { pointer, keyword: "additionalProperties", least: "minProperties" }),
      this.#list(schema, childPointer(pointer, "allOf")).includes(true),
      this.#alternatives(schema, childPointer(pointer, "oneOf")),
      this.#alternatives(schema, childPointer(pointer, "anyOf")),
    ];
    return parts.includes(true);
  }

  #leadsBack({ $ref }: JsonObject): boolean {
    const target = typeof $ref === "string" ? localReference($ref) : undefined;
    if (target === undefined || this.#ending.has(target)) return false;
    if (this.#trail.has(target)) return true;
    this.#trail.add(target);
    const isEndless = this.isEndless(target);
    this.#trail.delete(target);
    if (!isEndless) this.#ending.add(target);
    return isEndless;
  }

  #properties({ properties, required }: JsonObject, pointer: string): boolean {
    if (!isJsonObject(properties)) return false;
    const needed = isJsonArray(required) ? required : [];
    const names = Object.keys(properties).filter((name) => {
      const place = childPointer(pointer, "properties", name);
      if (!this.isEndless(place)) return false;
      if (!needed.includes(name)) this.found.add(place);
      return needed.includes(name);
    });
    return names.length > 0;
  }

  #unlessEmpty(
    schema: JsonObject,
    {
      pointer,
      keyword,
      least,
    }: { readonly pointer: string; readonly keyword: string; readonly least: string },
  ): boolean {
    const place = childPointer(pointer, keyword);
    if (!isJsonObject(schema[keyword]) || !this.isEndless(place)) return false;
    const isNeeded = Number(schema[least] ?? 0) > 0;
    if (!isNeeded) this.found.add(place);
    return isNeeded;
  }

  #alternatives(schema: JsonObject, pointer: string): boolean {
    const endless = this.#list(schema, pointer);
    if (endless.length > 0 && !endless.includes(false)) return true;
    for (const [index, isEndless] of endless.entries()) {
      if (isEndless) this.found.add(childPointer(pointer, index));
    }
    return false;
  }

  /** Which members of a list of schemas are endless. */
  #list(schema: JsonObject, pointer: string): readonly boolean[] {
    const list = schema[pointer.slice(pointer.lastIndexOf("/") + 1)];
    return isJsonArray(list)
      ? [...list.keys()].map((index) => this.isEndless(childPointer(pointer, index)))
      : [];
  }
}
