import { ContractError } from "../contract-error.ts";
import { contractFormats } from "../formats.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, localReference, pointerFragment, resolvePointer } from "../json-pointer.ts";
import {
  type Keyword,
  type KeywordShape,
  type SchemaType,
  schemaKeyword,
  schemaTypes,
} from "./schema-keywords.ts";

/**
 * Walks schemas before anything is compiled, which is cheap, so that a document with a mistake never starts although its
 * schemas are compiled one by one when they are first used.
 */
export class SchemaWalk {
  readonly #document: JsonObject;
  readonly #seen = new Set<string>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** Throws a `ContractError` (`schema-compile`) that names the first mistake at or below the pointer. */
  check(pointer: string): void {
    this.#schema(resolvePointer(this.#document, pointer), pointer, undefined);
  }

  #schema(
    schema: JsonValue | undefined,
    pointer: string,
    inherited: readonly SchemaType[] | undefined,
  ): void {
    if (this.#seen.has(pointer)) return;
    this.#seen.add(pointer);
    if (typeof schema === "boolean") return;
    if (!isJsonObject(schema)) throw schemaError(pointer, "a schema must be an object, true or false");
    const types = statedTypes(schema) ?? inherited ?? this.#typesOfReference(schema);
    for (const [name, value] of Object.entries(schema)) {
      if (value === undefined || name.startsWith("x-")) continue;
      const keyword = schemaKeyword(name);
      const place = childPointer(pointer, name);
      if (keyword === undefined) throw schemaError(place, `the schema keyword "${name}" is not known`);
      checkApplicable(keyword, types, { name, place });
      if (keyword.needs?.every((other) => !(other in schema))) {
        throw schemaError(place, `"${name}" asserts nothing without ${keyword.needs.join(" or ")} beside it`);
      }
      this.#keyword({ keyword, value, place, types });
    }
    this.#discriminator(schema, pointer);
  }

  #keyword({ keyword, value, place, types }: KeywordUse): void {
    const problem = shapeProblem(keyword.shape, value);
    if (problem !== undefined) throw schemaError(place, problem);
    const passedOn = keyword.inPlace === true ? types : undefined;
    switch (keyword.shape) {
      case "reference":
        this.#reference(value, place);
        break;
      case "schema":
        this.#schema(value, place, passedOn);
        break;
      case "schema-list":
      case "schema-map":
      case "pattern-map":
        for (const [name, item] of Object.entries(value ?? {})) {
          this.#schema(item, childPointer(place, name), passedOn);
        }
        break;
      default:
        break;
    }
  }

  #reference(ref: JsonValue, place: string): void {
    const target = typeof ref === "string" ? localReference(ref) : undefined;
    if (target === undefined) {
      throw schemaError(place, `${JSON.stringify(ref)} is not a reference inside this document`);
    }
    const schema = resolvePointer(this.#document, target);
    if (schema === undefined) throw schemaError(place, `${JSON.stringify(ref)} points at nothing`);
    this.#schema(schema, target, undefined);
  }

  #typesOfReference(schema: JsonObject): readonly SchemaType[] | undefined {
    const { $ref } = schema;
    const target = typeof $ref === "string" ? localReference($ref) : undefined;
    const value = target === undefined ? undefined : resolvePointer(this.#document, target);
    return isJsonObject(value) ? statedTypes(value) : undefined;
  }

  /**
   * A discriminator asserts nothing by itself. Where the alternatives do not fix their tag, a value with one tag passes as
   * another alternative, so that is refused.
   */
  #discriminator(schema: JsonObject, pointer: string): void {
    const { discriminator } = schema;
    if (discriminator === undefined) return;
    const place = childPointer(pointer, "discriminator");
    const tag = isJsonObject(discriminator) ? discriminator["propertyName"] : undefined;
    if (typeof tag !== "string") throw schemaError(place, "propertyName must be a string");
    const branches = schema["oneOf"] ?? schema["anyOf"];
    if (!isJsonArray(branches)) throw schemaError(place, "a discriminator needs oneOf or anyOf beside it");
    for (const branch of branches) {
      if (!this.#fixesTag(branch, tag)) {
        throw schemaError(place, `each alternative must fix "${tag}" with const or enum, and require it`);
      }
    }
  }

  #fixesTag(branch: JsonValue, tag: string): boolean {
    if (!isJsonObject(branch)) return false;
    const { $ref, properties, required } = branch;
    if (typeof $ref === "string") {
      const target = resolvePointer(this.#document, localReference($ref) ?? "");
      return target !== undefined && this.#fixesTag(target, tag);
    }
    const property = isJsonObject(properties) ? properties[tag] : undefined;
    if (!isJsonObject(property) || !isJsonArray(required) || !required.includes(tag)) return false;
    return property["const"] !== undefined || property["enum"] !== undefined;
  }
}

interface KeywordUse {
  readonly keyword: Keyword;
  readonly value: JsonValue;
  readonly place: string;
  readonly types: readonly SchemaType[] | undefined;
}

function schemaError(pointer: string, problem: string): ContractError {
  return new ContractError(`Bad schema at ${pointerFragment(pointer)}: ${problem}`, {
    code: "schema-compile",
    pointer,
  });
}

function statedTypes(schema: JsonObject): readonly SchemaType[] | undefined {
  const { type } = schema;
  const stated = isJsonArray(type) ? type : [type];
  return type === undefined ? undefined : stated.filter(isSchemaType);
}

function isSchemaType(value: unknown): value is SchemaType {
  return schemaTypes.some((type) => type === value);
}

function checkApplicable(
  keyword: Keyword,
  types: readonly SchemaType[] | undefined,
  at: { readonly name: string; readonly place: string },
): void {
  const { appliesTo } = keyword;
  if (appliesTo === undefined) return;
  const applies = types?.some((type) => type === appliesTo || (type === "integer" && appliesTo === "number"));
  if (applies !== true) {
    throw schemaError(at.place, `"${at.name}" asserts nothing without "type: ${appliesTo}" beside it`);
  }
}

function shapeProblem(shape: KeywordShape, value: JsonValue): string | undefined {
  const test: ShapeTest = shapeTests[shape];
  return test.passes(value) ? undefined : `${JSON.stringify(value)?.slice(0, 80)} ${test.problem}`;
}

interface ShapeTest {
  readonly passes: (value: JsonValue) => boolean;
  readonly problem: string;
}

const shapeTests = {
  any: { passes: () => true, problem: "" },
  boolean: { passes: (value) => typeof value === "boolean", problem: "must be true or false" },
  number: { passes: (value) => typeof value === "number", problem: "must be a number" },
  positive: { passes: (value) => typeof value === "number" && value > 0, problem: "must be above 0" },
  size: {
    passes: (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
    problem: "must be a whole number from 0",
  },
  string: { passes: (value) => typeof value === "string", problem: "must be a string" },
  pattern: { passes: isPattern, problem: "is not a regular expression (they are read with the u flag)" },
  format: {
    passes: (value) => typeof value === "string" && Object.hasOwn(contractFormats, value),
    problem: "is not a known format",
  },
  reference: { passes: (value) => typeof value === "string", problem: "must be a reference" },
  types: { passes: isTypes, problem: `must be among ${schemaTypes.join(", ")}, each once` },
  names: { passes: isNames, problem: "must be a list of different names" },
  "name-lists": {
    passes: (value) => isJsonObject(value) && Object.values(value).every(isNames),
    problem: "must map names to lists of names",
  },
  values: {
    passes: (value) => isJsonArray(value) && value.length > 0,
    problem: "must be a list of at least one value",
  },
  schema: { passes: isSchemaLike, problem: "must be a schema" },
  "schema-list": {
    passes: (value) => isJsonArray(value) && value.length > 0 && value.every(isSchemaLike),
    problem: "must be a list of at least one schema",
  },
  "schema-map": {
    passes: (value) => isJsonObject(value) && Object.values(value).every(isSchemaLike),
    problem: "must map names to schemas",
  },
  "pattern-map": {
    passes: (value) =>
      isJsonObject(value) && Object.keys(value).every(isPattern) && Object.values(value).every(isSchemaLike),
    problem: "must map regular expressions to schemas",
  },
} as const satisfies Record<KeywordShape, ShapeTest>;

function isSchemaLike(value: unknown): boolean {
  return typeof value === "boolean" || isJsonObject(value);
}

function isNames(value: unknown): boolean {
  if (!isJsonArray(value)) return false;
  return value.every((name) => typeof name === "string") && new Set(value).size === value.length;
}

function isTypes(value: unknown): boolean {
  if (!isJsonArray(value)) return isSchemaType(value);
  return value.length > 0 && value.every(isSchemaType) && new Set(value).size === value.length;
}

function isPattern(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    new RegExp(value, "u");
    return true;
  } catch (cause) {
    if (cause instanceof SyntaxError) return false;
    throw cause;
  }
}
