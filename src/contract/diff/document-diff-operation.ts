import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { ChangeKind, Difference, DiffPlace, DiffSide } from "./document-diff-change.ts";
import { type OperationText, serverPaths } from "./document-diff-operations.ts";
import { type Comparison, requirement, SchemaComparison, type Twin } from "./document-diff-schema.ts";

/** Compares one operation that both documents have. */
export class OperationComparison {
  readonly #comparison: Comparison;
  readonly #operations: Twin<OperationText>;

  constructor(comparison: Comparison, operations: Twin<OperationText>) {
    this.#comparison = comparison;
    this.#operations = operations;
  }

  compare(): void {
    const { before, after } = this.#operations;
    this.#servers();
    this.#credentials();
    this.#parameters();
    this.#requestBody({ before: before.value["requestBody"], after: after.value["requestBody"] });
    this.#responses();
  }

  #place(part: string): DiffPlace {
    return { operation: this.#operations.before.name, part, pointer: "" };
  }

  #add(side: DiffSide, difference: Omit<Difference, "side">, part: string): void {
    this.#comparison.changes.add({ ...difference, side }, this.#place(part));
  }

  #schemas(side: DiffSide, { before, after }: Twin<JsonObject>, part: string): void {
    const schemas = { before: before["schema"] ?? true, after: after["schema"] ?? true };
    new SchemaComparison(this.#comparison, side).compare(schemas, this.#place(part));
  }

  /** Those of the whole document are told once. */
  #servers(): void {
    const { before, after } = this.#operations;
    if (before.servers === undefined && after.servers === undefined) return;
    const old = before.servers ?? serverPaths(this.#comparison.before);
    const now = after.servers ?? serverPaths(this.#comparison.after);
    const kinds = { removed: "server-removed", added: "server-added" } as const;
    for (const { kind, subject } of presence(old, now, kinds)) this.#add("request", { kind, subject }, "");
  }

  #credentials(): void {
    const { before, after } = this.#operations;
    const kinds = { removed: "credentials-removed", added: "credentials-added" } as const;
    for (const { kind, subject } of presence(before.credentials, after.credentials, kinds)) {
      this.#add("request", { kind, subject }, "");
    }
  }

  #parameters(): void {
    const { before, after } = this.#operations;
    for (const key of new Set([...before.parameters.keys(), ...after.parameters.keys()])) {
      const old = before.parameters.get(key);
      const now = after.parameters.get(key);
      const part = partOf(old ?? now ?? {});
      const subject = String((old ?? now)?.["name"]);
      if (old !== undefined && now !== undefined) this.#parameter({ before: old, after: now }, part);
      else if (now === undefined) this.#add("request", { kind: "parameter-removed", subject }, part);
      else {
        const kind = now["required"] === true ? "required-parameter-added" : "parameter-added";
        this.#add("request", { kind, subject }, part);
      }
    }
  }

  #parameter(parameters: Twin<JsonObject>, part: string): void {
    const { before, after } = parameters;
    this.#required("request", parameters, part);
    const [old, now] = [styleOf(before), styleOf(after)];
    if (old !== now) {
      this.#add("request", { kind: "style-changed", subject: "style", before: old, after: now }, part);
    }
    this.#schemas("request", { before: schemaHolder(before), after: schemaHolder(after) }, part);
  }

  #required(side: DiffSide, { before, after }: Twin<JsonObject>, part: string): void {
    const was = before["required"] === true;
    if (was === (after["required"] === true)) return;
    const kind = was ? "became-optional" : "became-required";
    this.#add(side, { kind, subject: part, ...requirement(was) }, part);
  }

  #requestBody({ before, after }: Twin<JsonValue | undefined>): void {
    const bodies = {
      before: this.#comparison.before.object(before),
      after: this.#comparison.after.object(after),
    };
    if (before === undefined && after === undefined) return;
    if (after === undefined) this.#add("request", { kind: "body-removed", subject: "body" }, "body");
    else if (before === undefined) {
      const kind = bodies.after["required"] === true ? "required-body-added" : "body-added";
      this.#add("request", { kind, subject: "body" }, "body");
    } else {
      this.#required("request", bodies, "body");
      this.#content("request", bodies, "body");
    }
  }

  #content(side: DiffSide, holders: Twin<JsonObject>, part: string): void {
    const before = membersOf(holders.before["content"]);
    const after = membersOf(holders.after["content"]);
    if (side === "response" && (before.size === 0) !== (after.size === 0)) {
      const kind = before.size === 0 ? "content-added" : "content-removed";
      this.#add(side, { kind, subject: "body" }, part);
      return;
    }
    const kinds = { removed: "media-type-removed", added: "media-type-added" } as const;
    for (const { kind, subject } of presence([...before.keys()], [...after.keys()], kinds)) {
      this.#add(side, { kind, subject }, part);
    }
    for (const [type, media] of before) {
      const other = after.get(type);
      const where = before.size > 1 ? `${part} ${type}` : part;
      if (isJsonObject(media) && isJsonObject(other)) {
        this.#schemas(side, { before: media, after: other }, where);
      }
    }
  }

  #responses(): void {
    const before = membersOf(this.#operations.before.value["responses"]);
    const after = membersOf(this.#operations.after.value["responses"]);
    for (const status of new Set([...before.keys(), ...after.keys()])) {
      const part = `status ${status}`;
      const old = before.get(status) ?? covering(before, status);
      const now = after.get(status) ?? covering(after, status);
      if (old === undefined) {
        const kind = /^(?:[45]|default$)/u.test(status) ? "error-status-added" : "success-status-added";
        this.#add("response", { kind, subject: status }, part);
      } else if (now === undefined) {
        this.#add("response", { kind: "status-removed", subject: status }, part);
      } else {
        const [one, other] = [this.#comparison.before.object(old), this.#comparison.after.object(now)];
        this.#response({ before: one, after: other }, part);
      }
    }
  }

  #response(responses: Twin<JsonObject>, part: string): void {
    const before = headersOf(responses.before);
    const after = headersOf(responses.after);
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const old = before.get(key);
      const now = after.get(key);
      if (old !== undefined && now !== undefined) {
        const headers = {
          before: this.#comparison.before.object(old.value),
          after: this.#comparison.after.object(now.value),
        };
        const where = `${part} header ${old.name}`;
        this.#required("response", headers, where);
        this.#schemas("response", headers, where);
        continue;
      }
      const kind = now === undefined ? "header-removed" : "header-added";
      this.#add("response", { kind, subject: (old ?? now)?.name ?? key }, part);
    }
    this.#content("response", responses, part);
  }
}

/** What came and what went of a list of names. */
export function presence<Kind extends ChangeKind>(
  before: readonly string[],
  after: readonly string[],
  kinds: { readonly removed: Kind; readonly added: Kind },
): readonly { readonly kind: Kind; readonly subject: string }[] {
  const gone = before.filter((name) => !after.includes(name));
  const come = after.filter((name) => !before.includes(name));
  return [
    ...gone.map((subject) => ({ kind: kinds.removed, subject })),
    ...come.map((subject) => ({ kind: kinds.added, subject })),
  ];
}

function membersOf(value: JsonValue | undefined): ReadonlyMap<string, JsonValue> {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return new Map(
    entries.flatMap(([name, member]) =>
      member === undefined || name.startsWith("x-") ? [] : [[name, member]],
    ),
  );
}

/** By name in lower case, as a header means the same in any. */
function headersOf({ headers }: JsonObject): ReadonlyMap<string, { name: string; value: JsonValue }> {
  return new Map([...membersOf(headers)].map(([name, value]) => [name.toLowerCase(), { name, value }]));
}

/** What a document says of a status that it does not name. */
function covering(responses: ReadonlyMap<string, JsonValue>, status: string): JsonValue | undefined {
  return responses.get(`${status.charAt(0)}XX`) ?? responses.get("default");
}

function partOf(parameter: JsonObject): string {
  return `${String(parameter["in"])} parameter ${String(parameter["name"])}`;
}

/** How a parameter is written, defaults filled in. */
function styleOf({ in: place, style, explode }: JsonObject): string {
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const chosen = typeof style === "string" ? style : usual;
  return `${chosen}${(explode ?? chosen === "form") === true ? ", exploded" : ""}`;
}

/** What has the schema of a parameter: itself, or its one media type. */
function schemaHolder(parameter: JsonObject): JsonObject {
  const [media] = membersOf(parameter["content"]).values();
  return isJsonObject(media) ? media : parameter;
}
