import type { Contract, ContractOperation, RawBody, RequestParts } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import type { Violation } from "../../src/contract/violation.ts";

/** A document with the given paths and components, and nothing else that matters. */
export function documentOf(paths: JsonObject, components: JsonObject = {}): JsonObject {
  return { openapi: "3.1.0", info: { title: "Sample", version: "1" }, paths, components };
}

export const noContent: JsonObject = { "204": { description: "Done." } };

export function jsonContent(schema: JsonValue): JsonObject {
  return { "application/json": { schema } };
}

/** One operation `sample`, `POST /sample`, that takes and gives bodies of one schema. */
export function bodyDocument(schema: JsonValue, schemas: JsonObject = {}): JsonObject {
  const post = {
    operationId: "sample",
    requestBody: { required: true, content: jsonContent(schema) },
    responses: { "200": { description: "Fine.", content: jsonContent(schema) } },
  };
  return documentOf({ "/sample": { post } }, { schemas });
}

/** One operation `sample`, `GET /sample`, with the given parameters. */
export function parameterDocument(...parameters: readonly JsonObject[]): JsonObject {
  const get = { operationId: "sample", parameters, responses: noContent };
  const inPath = parameters.filter((parameter) => parameter["in"] === "path");
  const template = ["/sample", ...inPath.map(({ name }) => `{${String(name)}}`)].join("/");
  return documentOf({ [template]: { get } });
}

export function operationOf(contract: Contract, id = "sample"): ContractOperation {
  const operation = contract.operations.get(id);
  if (operation === undefined) throw new Error(`No operation ${id}`);
  return operation;
}

export function bytesOf(text: string): RawBody {
  return { kind: "bytes", bytes: new TextEncoder().encode(text) };
}

/** A request without anything, but for what is given. */
export function request(parts: Partial<RequestParts> = {}): RequestParts {
  return { path: {}, query: [], headers: {}, body: bytesOf(""), ...parts };
}

export function jsonRequest(value: JsonValue): RequestParts {
  return request({ headers: { "content-type": "application/json" }, body: bytesOf(JSON.stringify(value)) });
}

/** What is wrong with a value sent as the body of a schema. */
export function requestViolations(
  schema: JsonValue,
  value: JsonValue,
  schemas: JsonObject = {},
): readonly Violation[] {
  const contract = createContract(bodyDocument(schema, schemas));
  return contract.checkRequest(operationOf(contract), jsonRequest(value)).violations;
}

/** What is wrong with a value given as the body of a schema. */
export function responseViolations(
  schema: JsonValue,
  body: object,
  schemas: JsonObject = {},
): readonly Violation[] {
  const contract = createContract(bodyDocument(schema, schemas));
  return contract.checkResponse(operationOf(contract), { status: 200, body }).violations;
}

/** `rule pointer`, the two things that tests mostly ask for. */
export function brief(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ rule, pointer }) => `${rule} ${pointer}`);
}
