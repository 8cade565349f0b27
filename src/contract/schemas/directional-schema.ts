import { declares, isComposed, soleReference, unlimited } from "../composition.ts";
import { ContractError } from "../contract-error.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, localReference, pointerFragment, resolvePointer } from "../json-pointer.ts";
import type { Direction } from "../violation.ts";
import { hiddenProperties } from "./declared-properties.ts";
import { isAnnotation } from "./schema-keywords.ts";

/**
 * `closed`: undocumented properties are found. `open`: the same below, but not for the value itself, as an alternative of
 * a composition sees only its share of the properties. `raw`: as it stands, for `not`, `if` and `contains`, whose
 * meaning would change.
 */
type Variant = "closed" | "open" | "raw";

/** One reading of one schema of the document. */
export interface SchemaUse {
  readonly pointer: string;
  readonly direction: Direction;
  readonly variant: Variant;
}

/** Where a transformed schema comes from. `hidden`: it stands for a property that must not travel in the direction. */
export interface SchemaOrigin {
  readonly use: SchemaUse;
  readonly kind: "schema" | "hidden" | "never";
}

export interface TransformedSchema {
  readonly schema: JsonObject;
  /** What its `$ref`s name, to be transformed next. */
  readonly references: readonly SchemaUse[];
}

/** How references between transformed schemas are written, and where the origin of each is noted. */
export interface TransformHost {
  readonly document: JsonObject;
  keyOf(use: SchemaUse): string;
  note(schema: object, origin: SchemaOrigin): void;
}

/**
 * Copies a schema for one direction: undocumented properties become errors, properties that must not travel in this
 * direction are refused and no longer required, annotations are dropped. The document itself is not changed, so that uses
 * of one schema in both directions cannot disturb each other.
 */
export function transformSchema(host: TransformHost, use: SchemaUse): TransformedSchema {
  const transform = new Transform(host, use.direction);
  const schema = transform.root(use);
  // A schema `true` or `false` at the root becomes an object, because only objects can be referred to by key.
  return { schema, references: transform.references };
}

interface Site extends SchemaUse {
  /** Names that the value's schemas hide in this direction, all compositions taken together. */
  readonly hidden: ReadonlySet<string>;
  /** Pointers on the way through in-place references, to find circles. */
  readonly trail: readonly string[];
}

interface MutableSchema {
  [keyword: string]: JsonValue;
}

const nothing: ReadonlySet<string> = new Set();

class Transform {
  readonly references: SchemaUse[] = [];
  readonly #host: TransformHost;
  readonly #direction: Direction;

  constructor(host: TransformHost, direction: Direction) {
    this.#host = host;
    this.#direction = direction;
  }

  root(use: SchemaUse): JsonObject {
    const schema = this.#schema(resolvePointer(this.#host.document, use.pointer), this.#site(use));
    return isJsonObject(schema) ? schema : this.#noted({}, use, "schema");
  }

  #site(use: SchemaUse): Site {
    const { pointer, variant } = use;
    const hidden =
      variant === "raw" ? nothing : hiddenProperties(this.#host.document, pointer, this.#direction);
    return { ...use, hidden, trail: [] };
  }

  /** A schema that applies to another value than the one around it. */
  #apart(schema: JsonValue | undefined, pointer: string, variant: Exclude<Variant, "open">): JsonValue {
    const use = { pointer, direction: this.#direction, variant };
    if (!isJsonObject(schema)) return this.#schema(schema, this.#site(use));
    // Before its site, which looks through all that the target declares: as many would, as there are references to it.
    const target = soleReference(schema);
    if (target !== undefined) return this.#reference({ ...use, pointer: target }, use);
    // Compositions are copied with what they refer to. As a schema of its own, one that comes back to itself (a task with
    // a parent task) ends there instead of being copied without end.
    return isComposed(schema) ? this.#reference(use, use) : this.#schema(schema, this.#site(use));
  }

  #reference(target: SchemaUse, from: SchemaUse): JsonValue {
    this.references.push(target);
    return this.#noted({ $ref: this.#host.keyOf(target) }, from, "schema");
  }

  #schema(schema: JsonValue | undefined, site: Site): JsonValue {
    if (schema === false) return this.#noted({ not: {} }, site, "never");
    if (!isJsonObject(schema)) return true;
    const reference = soleReference(schema);
    if (reference !== undefined) return this.#soleReference(reference, site);
    const copy = this.#noted({}, site, "schema");
    for (const [keyword, value] of Object.entries(schema)) {
      if (value === undefined || isAnnotation(keyword) || keyword === "$ref" || keyword === "allOf") continue;
      const part = this.#keyword(keyword, value, site);
      if (part !== undefined) copy[keyword] = part;
    }
    const all = this.#conjunction(schema, site);
    if (all.length > 0) copy["allOf"] = all;
    if (site.variant === "closed") this.#close(copy, schema);
    return copy;
  }

  #soleReference(pointer: string, site: Site): JsonValue {
    const { direction, variant } = site;
    if (variant === "open") return this.#inlined(pointer, site);
    return this.#reference({ pointer, direction, variant }, site);
  }

  /** A composition must see the properties of what it refers to, so the target becomes part of the copy. */
  #inlined(pointer: string, site: Site): JsonValue {
    if (site.trail.includes(pointer)) {
      const message = `Bad schema at ${pointerFragment(pointer)}: it refers to itself without a step into its value`;
      throw new ContractError(message, { code: "schema-compile", pointer });
    }
    const target = resolvePointer(this.#host.document, pointer);
    return this.#schema(target, { ...site, pointer, trail: [...site.trail, pointer] });
  }

  /** `allOf`, and a `$ref` that has assertions beside it. */
  #conjunction(schema: JsonObject, site: Site): readonly JsonValue[] {
    const { allOf, $ref } = schema;
    const inPlace = inPlaceSite(site);
    const members = isJsonArray(allOf)
      ? allOf.map((member, index) =>
          this.#schema(member, { ...inPlace, pointer: childPointer(site.pointer, "allOf", index) }),
        )
      : [];
    const target = typeof $ref === "string" ? localReference($ref) : undefined;
    if (target === undefined) return members;
    return [...members, this.#soleReference(target, inPlace)];
  }

  #keyword(keyword: string, value: JsonValue, site: Site): JsonValue | undefined {
    const pointer = childPointer(site.pointer, keyword);
    const below = site.variant === "raw" ? "raw" : "closed";
    switch (keyword) {
      case "properties":
        return this.#properties(value, site);
      case "required":
        return isJsonArray(value) ? value.filter((name) => !site.hidden.has(String(name))) : value;
      case "patternProperties":
        return this.#map(value, (item, name) => this.#apart(item, childPointer(pointer, name), below));
      case "prefixItems":
        return this.#list(value, (item, index) => this.#apart(item, childPointer(pointer, index), below));
      case "items":
        return this.#apart(value, pointer, below);
      case "unevaluatedItems":
      case "additionalProperties":
      case "unevaluatedProperties":
        // ajv has errors of its own for `false` here.
        return typeof value === "boolean" ? value : this.#apart(value, pointer, below);
      case "contains":
      case "propertyNames":
      case "not":
      case "if":
        return this.#apart(value, pointer, "raw");
      default:
        return this.#inPlaceKeyword(keyword, value, site);
    }
  }

  #inPlaceKeyword(keyword: string, value: JsonValue, site: Site): JsonValue {
    const inPlace = inPlaceSite(site);
    const pointer = childPointer(site.pointer, keyword);
    switch (keyword) {
      case "anyOf":
      case "oneOf":
        return this.#list(value, (item, index) => {
          const alternative = this.#schema(item, { ...inPlace, pointer: childPointer(pointer, index) });
          return inPlace.variant === "raw" ? alternative : unlimited(alternative);
        });
      case "then":
      case "else":
        return this.#schema(value, { ...inPlace, pointer });
      case "dependentSchemas":
        return this.#map(value, (item, name) =>
          this.#schema(item, { ...inPlace, pointer: childPointer(pointer, name) }),
        );
      default:
        return value;
    }
  }

  #properties(properties: JsonValue, site: Site): JsonValue {
    return this.#map(properties, (property, name) => {
      const pointer = childPointer(site.pointer, "properties", name);
      if (!site.hidden.has(name)) {
        return this.#apart(property, pointer, site.variant === "raw" ? "raw" : "closed");
      }
      return this.#noted({ not: {} }, { ...site, pointer }, "hidden");
    });
  }

  #close(copy: MutableSchema, schema: JsonObject): void {
    if ("additionalProperties" in schema || "unevaluatedProperties" in schema) return;
    if (!isComposed(schema)) {
      if ("properties" in schema) copy["additionalProperties"] = false;
    } else if (declares(copy)) {
      copy["unevaluatedProperties"] = false;
    }
  }

  #map(value: JsonValue, transform: (item: JsonValue, name: string) => JsonValue): JsonValue {
    if (!isJsonObject(value)) return value;
    const entries = Object.entries(value).map(([name, item]) => [name, transform(item ?? true, name)]);
    return Object.fromEntries(entries);
  }

  #list(value: JsonValue, transform: (item: JsonValue, index: number) => JsonValue): JsonValue {
    return isJsonArray(value) ? value.map(transform) : value;
  }

  #noted(copy: MutableSchema, use: SchemaUse, kind: SchemaOrigin["kind"]): MutableSchema {
    const { pointer, variant } = use;
    this.#host.note(copy, { use: { pointer, direction: this.#direction, variant }, kind });
    return copy;
  }
}

function inPlaceSite(site: Site): Site {
  return site.variant === "closed" ? { ...site, variant: "open" } : site;
}
