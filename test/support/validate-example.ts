import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";

/** Where a body stands: the request's, or that of the response with this status. */
export type BodyPlace = "request" | `${number}`;

export interface ExampleValidator {
  /** The schema errors of a value in that place, each as `pointer keyword`; none when the value is valid. */
  errors(operationId: string, place: BodyPlace, value: JsonValue): readonly string[];
  /** The data of a named example in that place, references followed. */
  example(operationId: string, place: BodyPlace, name: string): JsonValue | undefined;
}

/** The path template, method and data of one operation. */
export interface OperationEntry {
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The operations of a document by id. */
export function operationsOf(document: JsonObject): ReadonlyMap<string, OperationEntry> {
  const found = new Map<string, OperationEntry>();
  for (const [path, item] of Object.entries(objectAt(document, ["paths"]))) {
    for (const method of methods) {
      const operation = isJsonObject(item) ? item[method] : undefined;
      if (isJsonObject(operation)) found.set(String(operation["operationId"]), { path, method, operation });
    }
  }
  return found;
}

/** A second opinion beside the product's own validation: plain ajv over the whole document. */
export function exampleValidator(document: JsonObject): ExampleValidator {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  ajv.addVocabulary([...Object.keys(document)]);
  ajv.addSchema(document, "contract");
  const operations = operationsOf(document);

  const mediaTypePath = (operationId: string, place: BodyPlace): readonly string[] => {
    const entry = operations.get(operationId);
    if (entry === undefined) throw new Error(`No operation ${operationId} in this document`);
    const steps = place === "request" ? ["requestBody"] : ["responses", place];
    return ["paths", entry.path, entry.method, ...steps, "content", "application/json"];
  };
  return {
    errors(operationId, place, value) {
      const pointer = [...mediaTypePath(operationId, place), "schema"].map(pointerStep).join("/");
      const validate = ajv.getSchema(`contract#/${pointer}`);
      if (validate === undefined) throw new Error(`No schema at ${pointer}`);
      return validate(value) === true ? [] : (validate.errors ?? []).map(describe);
    },
    example(operationId, place, name) {
      const examples = objectAt(document, [...mediaTypePath(operationId, place), "examples"]);
      const example = follow(document, examples[name]);
      return isJsonObject(example) ? example["value"] : undefined;
    },
  };
}

/** The target of a `$ref` into the same document, or the value itself. */
export function follow(document: JsonObject, value: JsonValue | undefined): JsonValue | undefined {
  const reference = isJsonObject(value) ? value["$ref"] : undefined;
  if (typeof reference !== "string") return value;
  const steps = reference.slice("#/".length).split("/");
  return follow(document, valueAt(document, steps));
}

export function objectAt(document: JsonObject, steps: readonly string[]): JsonObject {
  const value = valueAt(document, steps);
  if (!isJsonObject(value)) throw new Error(`No object at ${steps.join(" > ")}`);
  return value;
}

function valueAt(document: JsonObject, steps: readonly string[]): JsonValue | undefined {
  return steps.reduce<JsonValue | undefined>(
    (value, step) => (isJsonObject(value) ? value[step] : undefined),
    document,
  );
}

function pointerStep(step: string): string {
  return encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function describe(error: ErrorObject): string {
  return `${error.instancePath} ${error.keyword}`;
}
