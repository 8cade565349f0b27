import type { components } from "../../contract/generated/admin.ts";
import type { JsonValue } from "../../contract/json.ts";
import { isStamp, shownValue, spokenValue } from "../requests/shown-value.ts";
import type { FieldChange } from "./field-changes.ts";
import type { RecordChange } from "./state-changes.ts";

type Schemas = components["schemas"];

/** Fields of one record that are listed; more are counted. */
const mostFields = 50;
/** Fields that a sentence names. */
const mostInSentence = 4;

/** A change as data and as a sentence. */
export function presentChange({ entity, record, change, fields }: RecordChange): Schemas["StateChange"] {
  const shown = fields.slice(0, mostFields).map(presentField);
  const omitted = fields.length - shown.length;
  const subject = record === undefined ? entity : `${entity} ${record.name}`;
  return {
    entity,
    ...record,
    change,
    fields: shown,
    ...(omitted === 0 ? {} : { omitted_fields: omitted }),
    text: change === "changed" ? `${subject}: ${sentence(fields)}` : `${subject} ${change}`,
  };
}

function presentField({ path, before, after }: FieldChange): Schemas["FieldChange"] {
  const key = keyOf(path);
  return { field: path.join("/"), ...side("before", key, before), ...side("after", key, after) };
}

function side(name: "before" | "after", key: string, value: JsonValue | undefined) {
  return value === undefined ? {} : { [name]: shownValue(key, value) };
}

/** The nearest one that is no index. */
function keyOf(path: readonly string[]): string {
  return path.findLast((part) => !/^\d+$/.test(part)) ?? "";
}

function sentence(fields: readonly FieldChange[]): string {
  const byInterest = fields.toSorted((one, other) => interest(one) - interest(other));
  const named = byInterest.slice(0, mostInSentence).map(fieldText).join(", ");
  const left = fields.length - mostInSentence;
  return left > 0 ? `${named}, and ${left} more` : named;
}

/** Lower is more: that something else changed tells more than when it did, and the past more than what was planned. */
function interest({ path, before, after }: FieldChange): number {
  if (path[0] === "due") return 2;
  return isStamp(after ?? before) ? 1 : 0;
}

function fieldText({ path, before, after }: FieldChange): string {
  const key = keyOf(path);
  const name = path.join("/").replaceAll(uuid, "$1…");
  if (after === undefined) return `${name} removed`;
  if (before === undefined) return `${name} added ${spokenValue(key, after)}`;
  return `${name} ${spokenValue(key, before)} -> ${spokenValue(key, after)}`;
}

/** In a sentence, its first digits tell an id. */
const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
