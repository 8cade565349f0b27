import type { DiffReader } from "./document-diff-reader.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

/** An operation as a document has it. */
export interface OperationText {
  /** `GET /tasks/{user}`. */
  readonly name: string;
  readonly value: JsonObject;
  /** By place and name; those in the path by their order, since their names are nobody's business. */
  readonly parameters: ReadonlyMap<string, JsonObject>;
  /** Each way to sign in, as text; `none` where nobody has to. */
  readonly credentials: readonly string[];
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The operations of a document by method and path, whatever the parameters of the path are called. */
export function operationTexts(reader: DiffReader): ReadonlyMap<string, OperationText> {
  const found = new Map<string, OperationText>();
  const paths = reader.object(reader.document["paths"]);
  for (const [template, listed] of Object.entries(paths)) {
    const item = reader.object(listed);
    for (const method of methods) {
      const value = item[method];
      if (!isJsonObject(value)) continue;
      const verb = method.toUpperCase();
      found.set(`${verb} ${template.replaceAll(/\{[^{}]*\}/gu, "{}")}`, {
        name: `${verb} ${template}`,
        value,
        parameters: parametersOf(reader, template, [item["parameters"], value["parameters"]]),
        credentials: credentialsOf(value["security"] ?? reader.document["security"]),
      });
    }
  }
  return found;
}

/** Those of the operation come last: they stand in for those of the path. */
function parametersOf(
  reader: DiffReader,
  template: string,
  lists: readonly (JsonValue | undefined)[],
): ReadonlyMap<string, JsonObject> {
  const names = [...template.matchAll(/\{([^{}]*)\}/gu)].map(([, name]) => name);
  const all = lists.flatMap((list) => (isJsonArray(list) ? list : [])).map((item) => reader.object(item));
  return new Map(
    all.map((parameter) => {
      const { in: place, name } = parameter;
      const text = String(name);
      const key =
        place === "path" ? String(names.indexOf(text)) : place === "header" ? text.toLowerCase() : text;
      return [`${String(place)} ${key}`, parameter];
    }),
  );
}

function credentialsOf(security: JsonValue | undefined): readonly string[] {
  if (!isJsonArray(security) || security.length === 0) return ["none"];
  return security.map((way) => (isJsonObject(way) ? wayText(way) : "none"));
}

/** Schemes that are asked for together, each with its scopes. */
function wayText(way: JsonObject): string {
  const schemes = Object.entries(way).map(([scheme, scopes]) => {
    const list = isJsonArray(scopes) ? scopes.map(String).sort() : [];
    return list.length === 0 ? scheme : `${scheme} (${list.join(", ")})`;
  });
  return schemes.sort().join(" and ") || "none";
}

/** The paths below which a document's operations are served, without hosts. */
export function serverPaths({ document }: DiffReader): readonly string[] {
  const { servers } = document;
  if (!isJsonArray(servers) || servers.length === 0) return ["/"];
  const urls = servers.map((server) => (isJsonObject(server) ? String(server["url"]) : "/"));
  return urls.map((url) => url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/iu, "") || "/");
}
