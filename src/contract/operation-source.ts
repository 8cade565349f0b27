import { ContractError } from "./contract-error.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { childPointer, localReference, pointerFragment, resolvePointer } from "./json-pointer.ts";

/** An object of the document and where it stands, references followed. */
export interface Located {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** An operation as the document describes it, references followed and defaults filled in. */
export interface OperationSource {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path template. */
  readonly path: string;
  readonly pointer: string;
  /** What the server URLs put before the template: `/api/v2`, or nothing. */
  readonly prefixes: readonly string[];
  readonly parameters: readonly Located[];
  readonly requestBody: Located | undefined;
  readonly responses: ReadonlyMap<string, Located>;
}

/** The methods that a path of OpenAPI can have, as it writes them. */
export const operationMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

/** Reads all operations, in the order of the document. Throws a `ContractError` (`document-shape`) with the pointer. */
export function readOperations(document: JsonObject): readonly OperationSource[] {
  const { openapi, paths } = document;
  if (typeof openapi !== "string" || !/^3\.1\.\d+$/u.test(openapi)) {
    throw documentError("/openapi", `must be a 3.1 version, not ${JSON.stringify(openapi) ?? "missing"}`);
  }
  if (!isJsonObject(paths)) throw documentError("/paths", "must be an object");
  const reader = new Reader(document);
  const templates = Object.keys(paths).filter((name) => !name.startsWith("x-"));
  const operations = templates.flatMap((template) => reader.pathItem(template));
  const ids = new Map<string, string>();
  for (const { id, pointer } of operations) {
    const other = ids.get(id);
    if (other !== undefined) {
      throw documentError(
        childPointer(pointer, "operationId"),
        `"${id}" is taken by ${pointerFragment(other)}`,
      );
    }
    ids.set(id, pointer);
  }
  return operations;
}

export function documentError(pointer: string, problem: string): ContractError {
  return new ContractError(`Bad document at ${pointerFragment(pointer)}: ${problem}`, {
    code: "document-shape",
    pointer,
  });
}

/** Follows references from a place in the document until something stands there; it must be an object. */
export function locate(document: JsonObject, pointer: string): Located {
  const seen = new Set<string>();
  for (let place = pointer; !seen.has(place); ) {
    seen.add(place);
    const value = resolvePointer(document, place);
    if (!isJsonObject(value)) throw documentError(place, "must be an object");
    const { $ref } = value;
    if ($ref === undefined) return { value, pointer: place };
    const target = typeof $ref === "string" ? localReference($ref) : undefined;
    if (target === undefined || resolvePointer(document, target) === undefined) {
      throw documentError(place, `${JSON.stringify($ref)} points at nothing in this document`);
    }
    place = target;
  }
  throw documentError(pointer, "the reference leads back to itself");
}

class Reader {
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  pathItem(template: string): readonly OperationSource[] {
    const place = childPointer("/paths", template);
    if (!template.startsWith("/")) throw documentError(place, "a path must begin with a slash");
    const item = locate(this.#document, place);
    const present = operationMethods.filter((method) => item.value[method] !== undefined);
    return present.map((method) => this.#operation({ template, item, method }));
  }

  #operation({ template, item, method }: OperationPlace): OperationSource {
    const { value, pointer } = locate(this.#document, childPointer(item.pointer, method));
    const { operationId, requestBody, servers } = value;
    if (typeof operationId !== "string") throw documentError(pointer, "needs an operationId");
    const source = {
      id: operationId,
      method: method.toUpperCase(),
      path: template,
      pointer,
      prefixes: this.#prefixes(servers ?? item.value["servers"] ?? this.#document["servers"], pointer),
      parameters: this.#parameters(item, { value, pointer }),
      requestBody:
        requestBody === undefined ? undefined : locate(this.#document, childPointer(pointer, "requestBody")),
      responses: this.#responses(value, pointer),
    };
    checkPathParameters(source);
    return source;
  }

  /** Those of the path item apply to each operation, unless it has one of the same name in the same place. */
  #parameters(item: Located, operation: Located): readonly Located[] {
    const byKey = new Map<string, Located>();
    for (const { value, pointer } of [item, operation]) {
      const list = value["parameters"] ?? [];
      const place = childPointer(pointer, "parameters");
      if (!isJsonArray(list)) throw documentError(place, "must be a list");
      for (const index of list.keys()) {
        const parameter = locate(this.#document, childPointer(place, index));
        byKey.set(`${String(parameter.value["in"])} ${String(parameter.value["name"])}`, parameter);
      }
    }
    return [...byKey.values()];
  }

  #responses(operation: JsonObject, pointer: string): ReadonlyMap<string, Located> {
    const { responses } = operation;
    const place = childPointer(pointer, "responses");
    if (!isJsonObject(responses)) throw documentError(place, "must be an object");
    const statuses = Object.keys(responses).filter((status) => !status.startsWith("x-"));
    return new Map(
      statuses.map((status) => {
        const response = childPointer(place, status);
        if (!/^(?:[1-5]\d\d|[1-5]XX|default)$/u.test(status)) {
          throw documentError(response, 'a status is three digits, a range such as 4XX, or "default"');
        }
        return [status, locate(this.#document, response)];
      }),
    );
  }

  #prefixes(servers: JsonValue | undefined, pointer: string): readonly string[] {
    if (servers === undefined) return [""];
    if (!isJsonArray(servers) || servers.length === 0) throw documentError(pointer, "servers must be a list");
    return [...new Set(servers.map((server) => serverPrefix(server, pointer)))];
  }
}

interface OperationPlace {
  readonly template: string;
  readonly item: Located;
  readonly method: string;
}

/** The path of a server's URL without a slash at its end; the host plays no role, as the mock stands in for it. */
function serverPrefix(server: JsonValue, pointer: string): string {
  const url = isJsonObject(server) ? server["url"] : undefined;
  if (!isJsonObject(server) || typeof url !== "string") throw documentError(pointer, "a server needs a url");
  const { variables } = server;
  const filled = url.replace(/\{([^{}]*)\}/gu, (_, name: string) => {
    const variable = isJsonObject(variables) ? variables[name] : undefined;
    const value = isJsonObject(variable) ? variable["default"] : undefined;
    if (typeof value !== "string")
      throw documentError(pointer, `the server variable "${name}" has no default`);
    return value;
  });
  return filled.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/iu, "").replace(/\/+$/u, "");
}

/** A parameter that the template does not have, or the other way round, would never be checked. */
function checkPathParameters({ path, pointer, parameters }: OperationSource): void {
  const inTemplate = new Set([...path.matchAll(/\{([^{}]*)\}/gu)].map(([, name]) => name ?? ""));
  const declared = parameters.filter(({ value }) => value["in"] === "path");
  for (const { value, pointer: place } of declared) {
    if (!inTemplate.has(String(value["name"])))
      throw documentError(place, `the path ${path} has no such parameter`);
    if (value["required"] !== true) throw documentError(place, "a path parameter needs required: true");
  }
  for (const name of inTemplate) {
    if (!declared.some(({ value }) => value["name"] === name)) {
      throw documentError(pointer, `the path parameter "${name}" is not declared`);
    }
  }
}
