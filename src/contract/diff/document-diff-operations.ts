import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { operationMethods } from "../operation-source.ts";
import type { DiffReader } from "./document-diff-reader.ts";

/** An operation as a document has it. */
export interface OperationText {
  /** `GET /tasks/{user}`. */
  readonly name: string;
  readonly value: JsonObject;
  /** By place and name; those in the path by their order, since their names are nobody's business. */
  readonly parameters: ReadonlyMap<string, JsonObject>;
  /** Each way to sign in, as text; `none` where nobody has to. */
  readonly credentials: readonly string[];
  /** The paths below which it is served, where that is not where the whole document is. */
  readonly servers: readonly string[] | undefined;
}

/** The operations of a document by method and path, whatever the parameters of the path are called. */
export function operationTexts(reader: DiffReader): ReadonlyMap<string, OperationText> {
  const found = new Map<string, OperationText>();
  const paths = reader.object(reader.document["paths"]);
  for (const [template, listed] of Object.entries(paths)) {
    const item = reader.object(listed);
    for (const method of operationMethods) {
      const value = item[method];
      if (!isJsonObject(value)) continue;
      const verb = method.toUpperCase();
      found.set(`${verb} ${template.replaceAll(/\{[^{}]*\}/gu, "{}")}`, {
        name: `${verb} ${template}`,
        value,
        parameters: parametersOf(reader, template, [item["parameters"], value["parameters"]]),
        credentials: credentialsOf(reader, value["security"] ?? reader.document["security"]),
        servers: ownServers(value["servers"] ?? item["servers"]),
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

function credentialsOf(reader: DiffReader, security: JsonValue | undefined): readonly string[] {
  if (!isJsonArray(security) || security.length === 0) return ["none"];
  const ways = security.map((way) => (isJsonObject(way) ? wayText(reader, way) : "none"));
  return [...new Set(ways)];
}

/** Schemes that are asked for together, each with its scopes. */
function wayText(reader: DiffReader, way: JsonObject): string {
  const known = reader.object(reader.object(reader.document["components"])["securitySchemes"]);
  const schemes = Object.entries(way).map(([name, scopes]) => {
    const list = isJsonArray(scopes) ? scopes.map(String).sort() : [];
    const text = schemeText(reader.object(known[name])) ?? name;
    return list.length === 0 ? text : `${text} (${list.join(", ")})`;
  });
  return schemes.sort().join(" and ") || "none";
}

/** What a client sends, whatever the document calls it; undefined where the name says as much. */
function schemeText({ type, in: place, name, scheme }: JsonObject): string | undefined {
  if (type === "http") return `http ${String(scheme).toLowerCase()}`;
  if (type !== "apiKey") return undefined;
  return place === "header" ? `header ${String(name)}` : `${String(place)} parameter ${String(name)}`;
}

/** The paths below which a document's operations are served, without hosts. */
export function serverPaths({ document }: DiffReader): readonly string[] {
  return ownServers(document["servers"]) ?? ["/"];
}

function ownServers(servers: JsonValue | undefined): readonly string[] | undefined {
  if (!isJsonArray(servers) || servers.length === 0) return undefined;
  const urls = servers.map((server) => (isJsonObject(server) ? String(server["url"]) : "/"));
  const paths = urls.map((url) => url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/iu, "").replace(/\/+$/u, ""));
  return paths.map((path) => path || "/");
}
