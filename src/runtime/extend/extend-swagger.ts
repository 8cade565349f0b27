import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { localReference, resolvePointer } from "../../contract/json-pointer.ts";
import { operationMethods } from "../../contract/operation-source.ts";

/** Swagger 2.0 knows all but one. */
const methods = operationMethods.filter((method) => method !== "trace");
const json = "application/json";
const forms = ["multipart/form-data", "application/x-www-form-urlencoded"];

/** What a parameter of Swagger 2.0 says about its value, which OpenAPI 3 keeps in a schema. */
const besideSchema = ["name", "in", "required", "description", "collectionFormat", "allowEmptyValue"];

/**
 * Writes a Swagger 2.0 document as OpenAPI 3.0. Paths keep their places; `definitions` become `components/schemas`;
 * parameters and responses that are shared are put where they are used.
 */
export function fromSwagger(document: JsonObject): JsonObject {
  const swagger = new Swagger(document);
  const { info, basePath, definitions, securityDefinitions } = document;
  const prefix = typeof basePath === "string" ? basePath : "";
  return {
    openapi: "3.0.3",
    info,
    servers: [{ url: prefix }],
    paths: swagger.paths(),
    components: {
      schemas: rewritten(isJsonObject(definitions) ? definitions : {}),
      securitySchemes: isJsonObject(securityDefinitions) ? securityDefinitions : {},
    },
  };
}

class Swagger {
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  paths(): JsonValue {
    const { paths } = this.#document;
    if (!isJsonObject(paths)) return paths ?? null;
    return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, this.#pathItem(item)]));
  }

  #pathItem(item: JsonValue | undefined): JsonValue {
    if (!isJsonObject(item) || "$ref" in item) return item ?? null;
    const shared = this.#parameters(item["parameters"]);
    const operations = methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      return [[method, isJsonObject(operation) ? this.#operation(operation, shared) : operation] as const];
    });
    return Object.fromEntries(operations);
  }

  #operation(operation: JsonObject, shared: readonly JsonObject[]): JsonObject {
    const own = this.#parameters(operation["parameters"]);
    const keyOf = ({ name, in: place }: JsonObject) => `${String(place)} ${String(name)}`;
    const kept = shared.filter((one) => !own.some((other) => keyOf(other) === keyOf(one)));
    const parameters = [...kept, ...own];
    const inBody = parameters.find((one) => one["in"] === "body");
    const inForm = parameters.filter((one) => one["in"] === "formData");
    const others = parameters.filter((one) => one["in"] !== "body" && one["in"] !== "formData");
    const consumes = typesOf(operation["consumes"] ?? this.#document["consumes"]);
    const produces = typesOf(operation["produces"] ?? this.#document["produces"]);
    const { operationId, responses } = operation;
    return {
      ...(operationId === undefined ? {} : { operationId }),
      parameters: others.map(asParameter),
      ...(inBody === undefined ? {} : { requestBody: bodyOf(inBody, consumes) }),
      ...(inForm.length === 0 ? {} : { requestBody: formOf(consumes) }),
      responses: this.#responses(responses, produces),
    };
  }

  #parameters(list: JsonValue | undefined): readonly JsonObject[] {
    return (isJsonArray(list) ? list : []).map((one) => this.#followed(one)).filter(isJsonObject);
  }

  #responses(responses: JsonValue | undefined, produces: readonly string[]): JsonValue {
    if (!isJsonObject(responses)) return responses ?? {};
    const entries = Object.entries(responses).filter(([status]) => !status.startsWith("x-"));
    return Object.fromEntries(
      entries.map(([status, response]) => [status, asResponse(this.#followed(response), produces)]),
    );
  }

  #followed(value: JsonValue | undefined): JsonValue | undefined {
    const ref = isJsonObject(value) ? value["$ref"] : undefined;
    const target = typeof ref === "string" ? localReference(ref) : undefined;
    return target === undefined ? value : resolvePointer(this.#document, target);
  }
}

function asParameter(parameter: JsonObject): JsonObject {
  const { name, in: place, required, collectionFormat } = parameter;
  const schema = Object.entries(parameter).filter(([key]) => !besideSchema.includes(key));
  const isMulti = collectionFormat === "multi";
  // Blanks, tabs and bars between values become one text, as their styles are not read.
  const isText = ["ssv", "tsv", "pipes"].includes(String(collectionFormat));
  return {
    name,
    in: place,
    ...(required === undefined ? {} : { required }),
    ...(parameter["type"] === "array" && place === "query" ? { explode: isMulti } : {}),
    schema: isText ? { type: "string" } : rewritten(Object.fromEntries(schema)),
  };
}

function bodyOf({ required, schema }: JsonObject, consumes: readonly string[]): JsonObject {
  const types = consumes.length === 0 ? [json] : consumes;
  const content = types.map((type) => [type, { schema: rewritten(schema ?? {}) }] as const);
  return { ...(required === undefined ? {} : { required }), content: Object.fromEntries(content) };
}

function formOf(consumes: readonly string[]): JsonObject {
  const fitting = consumes.filter((type) => forms.includes(type));
  const types = fitting.length === 0 ? forms : fitting;
  return { content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) };
}

function asResponse(response: JsonValue | undefined, produces: readonly string[]): JsonValue {
  if (!isJsonObject(response)) return response ?? null;
  const { description, schema, examples } = response;
  const shown = isJsonObject(examples) ? examples : {};
  if (schema === undefined && Object.keys(shown).length === 0) return { description };
  const isFile = isJsonObject(schema) && schema["type"] === "file";
  const usual = isFile ? "application/octet-stream" : json;
  const types = new Set([...(produces.length === 0 ? [usual] : produces), ...Object.keys(shown)]);
  const content = [...types].map((type) => {
    const example = shown[type];
    const media = { schema: isFile ? { type: "string" } : rewritten(schema ?? {}) };
    return [type, example === undefined ? media : { ...media, example }] as const;
  });
  return { description, content: Object.fromEntries(content) };
}

function typesOf(list: JsonValue | undefined): readonly string[] {
  return isJsonArray(list) ? list.filter((type) => typeof type === "string") : [];
}

/** References to definitions lead to where these have gone. Anything else that refers is found to be wrong later. */
function rewritten(value: JsonValue | undefined): JsonValue {
  if (isJsonArray(value)) return value.map(rewritten);
  if (!isJsonObject(value)) return value ?? null;
  const entries = Object.entries(value).map(([key, member]) => {
    const isReference = key === "$ref" && typeof member === "string";
    return [
      key,
      isReference ? member.replace(/^#\/definitions\//u, "#/components/schemas/") : rewritten(member),
    ] as const;
  });
  return Object.fromEntries(entries);
}
