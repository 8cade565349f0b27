import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer } from "../json-pointer.ts";
import { otherWritings, type Writing } from "./vary-formats.ts";
import type { Freedom, Leeway, PropertySite, VaryKind, VaryPlace } from "./vary-freedom.ts";
import { type Shape, shapeOf } from "./vary-shape.ts";
import { extremeTexts } from "./vary-text.ts";

export interface FreedomSearch {
  readonly document: JsonObject;
  /** The schema that the body was made for. */
  readonly schema: unknown;
  readonly kinds: ReadonlySet<VaryKind>;
  /** Which items of a list of a length are looked at, by index. */
  itemsOf(length: number): Iterable<number>;
  leewayOf(site: PropertySite): Leeway;
  /** What says in a profile without nulls that something is not there, by the name of its schema. */
  readonly stands: Readonly<Record<string, JsonValue>>;
}

/** Everything that could stand in place of something in a body that fits its schema. Nothing is ever added to it. */
export function findFreedoms(search: FreedomSearch, body: JsonValue): readonly Freedom[] {
  const finder = new Finder(search);
  finder.look(body, search.schema, { place: { path: [], pattern: "" }, leeway: held });
  return finder.found;
}

const held: Leeway = { untold: false, values: "own" };

interface Spot {
  readonly place: VaryPlace;
  readonly leeway: Leeway;
}

class Finder {
  readonly found: Freedom[] = [];
  readonly #search: FreedomSearch;

  constructor(search: FreedomSearch) {
    this.#search = search;
  }

  look(value: JsonValue, schema: unknown, spot: Spot): void {
    const shape = shapeOf(this.#search.document, schema, value);
    if (shape === undefined || value === null) return;
    if (spot.leeway.untold) this.#untold(value, shape, spot);
    if (isJsonArray(value)) this.#list(value, shape, spot);
    else if (isJsonObject(value)) this.#object(value, shape, spot.place);
    else this.#scalar(value, shape, spot);
  }

  #untold(value: JsonValue, { name, schema, takesNull }: Shape, { place }: Spot): void {
    if (takesNull) this.#add({ place, kind: "null", label: "null", value: null });
    const stand = this.#search.stands[name];
    if (stand === undefined || !isJsonObject(value) || schema["type"] !== "object") return;
    if (JSON.stringify(stand) !== JSON.stringify(value))
      this.#add({ place, kind: "null", label: "not valid", value: stand });
  }

  #list(items: readonly JsonValue[], { schema }: Shape, { place, leeway }: Spot): void {
    const least = schema["minItems"] ?? 0;
    if (leeway.values === "any" && items.length > 0 && least === 0) {
      this.#add({ place, kind: "empty", label: "empty", value: [] });
    }
    const pattern = `${place.pattern}/*`;
    for (const index of this.#search.itemsOf(items.length)) {
      this.look(items[index] ?? null, schema["items"], {
        place: { path: [...place.path, index], pattern },
        leeway: held,
      });
    }
  }

  #object(holder: JsonObject, { schema, name }: Shape, place: VaryPlace): void {
    const { properties, required } = schema;
    if (!isJsonObject(properties)) return;
    for (const [property, value] of Object.entries(holder)) {
      if (value === undefined || !Object.hasOwn(properties, property)) continue;
      const inner = {
        path: [...place.path, property],
        pattern: childPointer(place.pattern, property),
      };
      const leeway = this.#search.leewayOf({ schema: name, property, holder });
      const isOptional = !(isJsonArray(required) && required.includes(property));
      if (isOptional && leeway.untold)
        this.#add({ place: inner, kind: "missing", label: "missing", value: undefined });
      this.look(value, properties[property], { place: inner, leeway });
    }
  }

  #scalar(value: JsonValue, { schema }: Shape, spot: Spot): void {
    const { enum: values, const: only, format } = schema;
    if (only !== undefined) return;
    if (isJsonArray(values)) this.#otherValues(value, values, spot);
    else if (typeof value !== "string") return;
    else if (typeof format === "string")
      this.#texts(value, otherWritings(format, value), { spot, kind: "format" });
    else if (spot.leeway.values === "any") this.#texts(value, extremeTexts(schema), { spot, kind: "text" });
  }

  #texts(
    value: string,
    texts: readonly Writing[],
    { spot, kind }: { readonly spot: Spot; readonly kind: VaryKind },
  ): void {
    for (const { label, text } of texts) {
      if (text !== value) this.#add({ place: spot.place, kind, label, value: text });
    }
  }

  #otherValues(value: JsonValue, values: readonly JsonValue[], { place, leeway }: Spot): void {
    if (leeway.values === "own") return;
    for (const other of values) {
      const isMeant = leeway.values === "any" || leeway.values.includes(other);
      if (other === value || other === null || !isMeant) continue;
      this.#add({ place, kind: "enum", label: JSON.stringify(other), value: other });
    }
  }

  #add(freedom: Freedom): void {
    if (this.#search.kinds.has(freedom.kind)) this.found.push(freedom);
  }
}
