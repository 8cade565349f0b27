import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { isJsonObject, type JsonObject } from "./json.ts";
import { childPointer } from "./json-pointer.ts";

/** One place where a value does not fit a schema. */
export interface SchemaFinding {
  /** JSON pointer to the place; to the surplus or missing key itself where a key is what is wrong. */
  readonly pointer: string;
  /** What is wrong with what was seen, as a sentence without its full stop. */
  readonly problem: string;
  /** What would fit, as the end of a sentence: `one of "start", "stop"`. */
  readonly expected: string;
  /** Names that would fit in place of the one seen, for a suggestion; empty where names are not the point. */
  readonly known: readonly string[];
  /** The name or word that does not fit any of `known`. */
  readonly received?: string;
}

/**
 * Compiles a JSON Schema (2020-12) into a check that gives the findings in the order of the schema, all or the first `most`
 * of them: a list of a million wrong items must not be explained a million times. A schema with a mistake throws here.
 * Patterns say in `patternErrorMessage`, which editors show too, what they want.
 */
export function compileSchema(
  schema: JsonObject,
  most: number,
): (value: unknown) => readonly SchemaFinding[] {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: false,
    code: { process: joiningInPlace },
  });
  ajv.addVocabulary(["patternErrorMessage", "defaultSnippets"]);
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return [];
    // `if` only says that a branch did not fit; the branch's own errors say why.
    const telling = (validate.errors ?? []).filter((error) => error.keyword !== "if");
    return telling.slice(0, most).map(toFinding);
  };
}

/**
 * The code that ajv made, with errors appended to those before them. As ajv writes it, it copies all errors so far for each
 * reference that adds some, which takes minutes for a list of a hundred thousand (docs/decisions/028-ajv-mended.md).
 */
function joiningInPlace(code: string): string {
  return code.replaceAll(
    /\bvErrors\.concat\(([\w.]+)\)/g,
    "$1.reduce((all, one) => (all.push(one), all), vErrors)",
  );
}

function toFinding(error: ErrorObject): SchemaFinding {
  const at = error.instancePath;
  const parent = isJsonObject(error.parentSchema) ? error.parentSchema : {};
  // Written only where it is told: of a surplus key, the data are the whole object that it is in.
  const seen = (): string => quote(error.data);
  switch (error.keyword) {
    case "required":
      return finding(
        childPointer(at, parameter(error, "missingProperty")),
        `the key ${quote(parameter(error, "missingProperty"))} is missing`,
        `${article(parent)} with the keys ${quoteAll(names(parent["required"]))}`,
      );
    case "additionalProperties":
      return unknownKey(error, parent);
    case "enum":
      return {
        ...finding(at, `${seen()} is not one of the known words`, `one of ${quoteAll(names(error.schema))}`),
        known: names(error.schema),
        ...(typeof error.data === "string" ? { received: error.data } : {}),
      };
    case "const":
      return finding(at, `${seen()} is not allowed here`, quote(error.schema));
    case "type":
      return finding(
        at,
        `${seen()} is ${kindOf(error.data)}`,
        [error.schema].flat().map(describeType).join(" or "),
      );
    case "pattern":
      return finding(at, `${seen()} cannot be read`, String(parent["patternErrorMessage"] ?? error.schema));
    default:
      return finding(at, `${seen()} is out of bounds`, `a value that ${error.message ?? "fits"}`);
  }
}

function unknownKey(error: ErrorObject, parent: JsonObject): SchemaFinding {
  const key = parameter(error, "additionalProperty");
  const known = isJsonObject(parent["properties"]) ? Object.keys(parent["properties"]) : [];
  return {
    ...finding(
      childPointer(error.instancePath, key),
      `the key ${quote(key)} is not known`,
      `one of ${quoteAll(known)}`,
    ),
    known,
    received: key,
  };
}

function finding(pointer: string, problem: string, expected: string): SchemaFinding {
  return { pointer, problem, expected, known: [] };
}

function parameter(error: ErrorObject, name: string): string {
  const params: unknown = error.params;
  return isJsonObject(params) ? String(params[name]) : "";
}

function article(schema: JsonObject): string {
  return typeof schema["title"] === "string" ? schema["title"] : "an object";
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

function quoteAll(list: readonly string[]): string {
  return list.map(quote).join(", ");
}

const longestQuote = 60;

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1)}…`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return describeType(Array.isArray(value) ? "array" : typeof value);
}

function describeType(type: unknown): string {
  switch (type) {
    case "object":
    case "array":
    case "integer":
      return type === "array" ? "a list" : `an ${type}`;
    case "null":
      return "null";
    case "boolean":
      return "true or false";
    case "string":
      return "a text";
    default:
      return `a ${String(type)}`;
  }
}
