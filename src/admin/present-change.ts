import type { components } from "../contract/generated/admin.ts";
import type { JsonValue } from "../contract/json.ts";
import type { FieldChange } from "./field-changes.ts";
import { type ShownValue, shortText, shownValue } from "./shown-value.ts";
import type { RecordChange } from "./state-changes.ts";

type Schemas = components["schemas"];
type ShownField = Schemas["FieldChange"];

/** Fields of one record that are listed; more are counted. */
const mostFields = 50;

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
    text: change === "changed" ? `${subject}: ${sentence(shown, fields.length)}` : `${subject} ${change}`,
  };
}

function presentField({ path, before, after }: FieldChange): ShownField {
  const key = path.findLast((part) => !/^\d+$/.test(part)) ?? "";
  return { field: path.join("/"), ...side("before", key, before), ...side("after", key, after) };
}

function side(name: "before" | "after", key: string, value: JsonValue | undefined) {
  return value === undefined ? {} : { [name]: shownValue(key, value) };
}

/** Fields that a sentence names. */
const mostInSentence = 4;

function sentence(shown: readonly ShownField[], count: number): string {
  const named = inOrderOfInterest(shown).slice(0, mostInSentence);
  const left = count - named.length;
  const texts = named.map(fieldText).join(", ");
  return left === 0 ? texts : `${texts}, and ${left} more`;
}

/** Stamps last: that something else changed tells more than when. */
function inOrderOfInterest(shown: readonly ShownField[]): readonly ShownField[] {
  const isStamp = ({ before, after }: ShownField) => stamp.test(String(after ?? before));
  return [...shown.filter((one) => !isStamp(one)), ...shown.filter(isStamp)];
}

const stamp = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function fieldText({ field, before, after }: ShownField): string {
  const name = field.replaceAll(uuid, "$1…");
  if (before === undefined) return `${name} added ${valueText(after)}`;
  if (after === undefined) return `${name} removed`;
  return `${name} ${valueText(before)} -> ${valueText(after)}`;
}

/** In a sentence, its first digits tell an id. */
const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

function valueText(value: ShownValue | undefined): string {
  return shortText(value ?? null);
}
