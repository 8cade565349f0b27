import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { type FieldChange, fieldChanges } from "./field-changes.ts";

/** The parts of a state, in the order in which their changes are told. */
export const entities = ["world", "clock", "organization", "user", "template", "task", "ids"] as const;
export type Entity = (typeof entities)[number];

/** A state as plain data: the exported document, and what a document does not hold. */
export interface StateView {
  readonly document: JsonObject;
  /** Scenario, seed, revision and profile. */
  readonly settings: JsonObject;
  readonly clock: JsonObject;
}

export interface RecordChange {
  readonly entity: Entity;
  /** Absent: there is only one of its kind. */
  readonly record?: { readonly id: string; readonly name: string };
  readonly change: "added" | "removed" | "changed";
  /** Empty unless changed. */
  readonly fields: readonly FieldChange[];
}

/** Where an export keeps the records of a kind, and what they are called by. */
const lists = {
  organization: { key: "organizations", name: "name" },
  user: { key: "users", name: "username" },
  template: { key: "templates", name: "name" },
  task: { key: "tasks", name: "name" },
} as const satisfies Partial<Record<Entity, { readonly key: string; readonly name: string }>>;

/** What is told as something else than the world's own: the clock and what an export says of itself included. */
const elsewhere: ReadonlySet<string> = new Set([
  ...Object.values(lists).map(({ key }) => key),
  "clock",
  "counters",
  "description",
  "exported",
  "origin",
]);

/** All that differs between two states, by record, matched by id. */
export function stateChanges(before: StateView, after: StateView): readonly RecordChange[] {
  return entities.flatMap((entity) => changesOf(entity, before, after));
}

function changesOf(entity: Entity, before: StateView, after: StateView): readonly RecordChange[] {
  switch (entity) {
    case "world":
      return single(entity, ownOf(before), ownOf(after));
    case "clock":
      return single(entity, before.clock, after.clock);
    case "ids":
      return single(entity, idsOf(before), idsOf(after));
    case "organization":
    case "user":
    case "template":
    case "task":
      return listed(entity, before, after);
  }
}

function single(entity: Entity, before: JsonObject, after: JsonObject): readonly RecordChange[] {
  const fields = fieldChanges(before, after);
  return fields.length === 0 ? [] : [{ entity, change: "changed", fields }];
}

function ownOf({ document, settings }: StateView): JsonObject {
  const rest = Object.entries(document).filter(([key]) => !elsewhere.has(key));
  return { ...settings, ...Object.fromEntries(rest) };
}

/** What the next ids derive from. */
function idsOf({ document: { counters, origin } }: StateView): JsonObject {
  return { origin, ...(isJsonObject(counters) ? counters : {}) };
}

function listed(entity: keyof typeof lists, before: StateView, after: StateView): readonly RecordChange[] {
  const { key, name } = lists[entity];
  const [old, fresh] = [recordsById(before.document[key]), recordsById(after.document[key])];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((id): readonly RecordChange[] => {
    const [one, other] = [old.get(id), fresh.get(id)];
    const called = (other ?? one)?.[name];
    const record = { id, name: typeof called === "string" ? called : id };
    if (one === undefined) return [{ entity, record, change: "added", fields: [] }];
    if (other === undefined) return [{ entity, record, change: "removed", fields: [] }];
    const fields = fieldChanges(one, other);
    return fields.length === 0 ? [] : [{ entity, record, change: "changed", fields }];
  });
}

function recordsById(list: JsonValue | undefined): ReadonlyMap<string, JsonObject> {
  const records = new Map<string, JsonObject>();
  for (const record of isJsonArray(list) ? list : []) {
    if (isJsonObject(record) && typeof record["id"] === "string") records.set(record["id"], record);
  }
  return records;
}
