import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, resolvePointer } from "../json-pointer.ts";
import { locate, type OperationSource } from "../operation-source.ts";

/**
 * Pointers of all schemas in a document: named ones, and those of parameters, bodies and headers, used by an operation or
 * only kept in `components`. Schemas inside of schemas are not listed.
 */
export function documentSchemas(
  document: JsonObject,
  operations: readonly OperationSource[],
): readonly string[] {
  const used = operations.flatMap(({ parameters, requestBody, responses }) => [
    ...parameters.flatMap(ofValue),
    ...(requestBody === undefined ? [] : ofContent(requestBody)),
    ...[...responses.values()].flatMap((response) => ofResponse(document, response)),
  ]);
  const components = (name: string) => locatedMembers(document, childPointer("/components", name));
  const kept = [
    ...members(document, "/components/schemas"),
    ...[...components("parameters"), ...components("headers")].flatMap(ofValue),
    ...components("requestBodies").flatMap(ofContent),
    ...components("responses").flatMap((response) => ofResponse(document, response)),
  ];
  return [...new Set([...kept, ...used])];
}

interface Place {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** Of a parameter or a header. */
function ofValue({ value, pointer }: Place): readonly string[] {
  return value["schema"] === undefined ? [] : [childPointer(pointer, "schema")];
}

/** Of a request body or a response. */
function ofContent({ value, pointer }: Place): readonly string[] {
  const { content } = value;
  const types: readonly (readonly [string, JsonValue | undefined])[] = isJsonObject(content)
    ? Object.entries(content)
    : [];
  return types
    .filter(([, media]) => isJsonObject(media) && media["schema"] !== undefined)
    .map(([type]) => childPointer(pointer, "content", type, "schema"));
}

function ofResponse(document: JsonObject, response: Place): readonly string[] {
  const headers = locatedMembers(document, childPointer(response.pointer, "headers"));
  return [...ofContent(response), ...headers.flatMap(ofValue)];
}

function members(document: JsonObject, pointer: string): readonly string[] {
  const map = resolvePointer(document, pointer);
  return isJsonObject(map) ? Object.keys(map).map((name) => childPointer(pointer, name)) : [];
}

function locatedMembers(document: JsonObject, pointer: string): readonly Place[] {
  return members(document, pointer).map((member) => locate(document, member));
}
