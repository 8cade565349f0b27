import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { localReference, resolvePointer } from "../../contract/json-pointer.ts";
import { isJsonMediaType, parseMediaType } from "../../contract/media-type.ts";
import { operationMethods } from "../../contract/operation-source.ts";
import { isBodiless } from "../../engine/bodiless.ts";
import { convertSchema } from "./extend-schema.ts";
import { fromSwagger } from "./extend-swagger.ts";

/** A document of OpenAPI 3.1 that a contract can be made of, with what had to be left out of it. */
export interface ConvertedDocument {
  readonly document: JsonObject;
  /**
   * By operation id, the media types of request bodies that are not JSON, in lower case: such bodies are taken as they come.
   */
  readonly opaque: ReadonlyMap<string, readonly string[]>;
}

/** Where the mock's own clients may put their tokens in a query. */
const credentials = Object.fromEntries(
  ["coder_session_token", "access_token"].map((name) => [name, { type: "apiKey", in: "query", name }]),
);

/** Undefined for a document that is neither Swagger 2.0 nor OpenAPI 3.0 or 3.1. */
export function convertDocument(source: JsonObject): ConvertedDocument | undefined {
  const { swagger, openapi } = source;
  if (swagger === "2.0") return new Conversion(fromSwagger(source)).run();
  const isKnown = typeof openapi === "string" && /^3\.[01]\.\d+/u.test(openapi);
  return isKnown ? new Conversion(source).run() : undefined;
}

class Conversion {
  readonly #source: JsonObject;
  readonly #opaque = new Map<string, readonly string[]>();

  constructor(source: JsonObject) {
    this.#source = source;
  }

  run(): ConvertedDocument {
    const { info, servers, paths, components } = this.#source;
    const kept = isJsonObject(components) ? components : {};
    const schemes = isJsonObject(kept["securitySchemes"]) ? kept["securitySchemes"] : {};
    const document = {
      openapi: "3.1.0",
      info,
      ...(servers === undefined ? {} : { servers }),
      paths: mapped(paths, (item, path) => (path.startsWith("x-") ? undefined : this.#pathItem(item, path))),
      components: {
        schemas: mapped(kept["schemas"], convertSchema),
        parameters: mapped(kept["parameters"], (parameter) => convertParameter(parameter)),
        headers: mapped(kept["headers"], (header) => convertHeader(header)),
        responses: mapped(kept["responses"], (response) => convertResponse(response)),
        examples: kept["examples"] ?? {},
        securitySchemes: { ...schemes, ...credentials },
      },
    };
    return { document, opaque: this.#opaque };
  }

  #pathItem(source: JsonValue | undefined, path: string): JsonValue {
    const item = this.#followed(source);
    // What leads nowhere stays as it is, to be complained about.
    if (!isJsonObject(item) || "$ref" in item) return item ?? null;
    const { servers, parameters } = item;
    const operations = operationMethods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const converted = isJsonObject(operation) ? this.#operation(operation, `${method} ${path}`) : operation;
      return [[method, converted] as const];
    });
    return {
      ...(servers === undefined ? {} : { servers }),
      ...(parameters === undefined ? {} : { parameters: listed(parameters, convertParameter) }),
      ...Object.fromEntries(operations),
    };
  }

  #operation(operation: JsonObject, place: string): JsonObject {
    const { servers, parameters, responses } = operation;
    const { operationId = place.replaceAll(/[^\w.-]+/gu, "-").replace(/-$/u, "") } = operation;
    const requestBody = this.#requestBody(operation["requestBody"], String(operationId));
    return {
      operationId,
      ...(servers === undefined ? {} : { servers }),
      ...(parameters === undefined ? {} : { parameters: listed(parameters, convertParameter) }),
      ...(requestBody === undefined ? {} : { requestBody }),
      responses: byStatus(responses),
    };
  }

  /** What is not JSON is left out; beside it, a JSON body can be no longer required. */
  #requestBody(source: JsonValue | undefined, operation: string): JsonValue | undefined {
    const body = this.#followed(source);
    const content = isJsonObject(body) ? body["content"] : undefined;
    if (!isJsonObject(body) || !isJsonObject(content)) return body;
    const types = Object.keys(content);
    const others = types.filter((type) => !isJsonMediaType(type));
    if (others.length > 0) {
      this.#opaque.set(
        operation,
        others.map((type) => parseMediaType(type)?.essence ?? type),
      );
    }
    if (others.length === types.length) return undefined;
    const kept = mapped(content, (media, type) =>
      others.includes(type) ? undefined : convertMedia(media, type),
    );
    return { ...body, ...(others.length > 0 ? { required: false } : {}), content: kept };
  }

  #followed(value: JsonValue | undefined): JsonValue | undefined {
    const ref = isJsonObject(value) ? value["$ref"] : undefined;
    const target = typeof ref === "string" ? localReference(ref) : undefined;
    return target === undefined ? value : resolvePointer(this.#source, target);
  }
}

/** Statuses that YAML read as numbers are texts by now; ranges are written in capitals. */
function byStatus(responses: JsonValue | undefined): JsonValue {
  const converted = mapped(responses, convertResponse);
  if (!isJsonObject(converted)) return converted;
  return Object.fromEntries(
    Object.entries(converted).map(([status, response]) => [
      /^[1-5]xx$/u.test(status) ? status.toUpperCase() : status,
      isBodiless(Number(status)) ? withoutContent(response) : response,
    ]),
  );
}

function withoutContent(response: JsonValue | undefined): JsonValue {
  if (!isJsonObject(response)) return response ?? null;
  const { content: _, ...rest } = response;
  return rest;
}

function convertResponse(response: JsonValue | undefined): JsonValue {
  if (!isJsonObject(response) || "$ref" in response) return response ?? null;
  const { links: _, headers, content, ...rest } = response;
  return {
    ...rest,
    ...(headers === undefined ? {} : { headers: mapped(headers, convertHeader) }),
    ...(content === undefined ? {} : { content: mapped(content, convertMedia) }),
  };
}

/** A JSON body without a schema may be anything. */
function convertMedia(media: JsonValue | undefined, type: string): JsonValue {
  if (!isJsonObject(media)) return media ?? null;
  const { encoding: _, schema, ...rest } = media;
  if (schema === undefined && !isJsonMediaType(type)) return rest;
  return { ...rest, schema: convertSchema(schema ?? {}) };
}

function convertHeader(header: JsonValue | undefined): JsonValue {
  if (!isJsonObject(header) || header["schema"] === undefined) return header ?? null;
  return { ...header, schema: convertSchema(header["schema"]) };
}

const readStyles: readonly (JsonValue | undefined)[] = [undefined, "simple", "form", "deepObject"];

/** A value that is written in a way that we do not read is a text to us. */
function convertParameter(parameter: JsonValue | undefined): JsonValue {
  if (!isJsonObject(parameter) || "$ref" in parameter) return parameter ?? null;
  const { style, explode, content, schema, ...rest } = parameter;
  if (content !== undefined || !readStyles.includes(style)) return { ...rest, schema: { type: "string" } };
  return {
    ...rest,
    ...(style === undefined ? {} : { style }),
    ...(rest["in"] === "cookie" ? { explode: false } : explode === undefined ? {} : { explode }),
    schema: textUnlessTyped(convertSchema(schema)),
  };
}

function textUnlessTyped(schema: JsonValue): JsonValue {
  const saysType = ["type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf"];
  if (!isJsonObject(schema) || !saysType.some((word) => word in schema)) return { type: "string" };
  if (schema["type"] !== "array") return schema;
  return { ...schema, items: textUnlessTyped(schema["items"] ?? true) };
}

function mapped(
  map: JsonValue | undefined,
  convert: (value: JsonValue | undefined, name: string) => JsonValue | undefined,
): JsonValue {
  if (!isJsonObject(map)) return map ?? {};
  const entries = Object.entries(map).map(([name, value]) => [name, convert(value, name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function listed(list: JsonValue, convert: (value: JsonValue) => JsonValue): JsonValue {
  return isJsonArray(list) ? list.map(convert) : list;
}
