import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";

/** Values by name, listed once: every exchange of a journal is compared with them, and there may be tens of thousands. */
export interface WantedMembers {
  readonly given: JsonObject;
  readonly members: readonly (readonly [name: string, value: JsonValue | undefined])[];
}

/** What a body is to hold, read once for the same reason. */
export interface WantedBody {
  readonly given: JsonValue;
  readonly isHeldBy: Holds;
}

type Holds = (value: JsonValue | undefined) => boolean;

export function wantedMembers(given: JsonObject): WantedMembers {
  return { given, members: Object.entries(given) };
}

export function wantedBody(given: JsonValue): WantedBody {
  return { given, isHeldBy: holds(given) };
}

/** Objects may have more members than wanted, and those may have more; everything else has to be the same. */
function holds(wanted: JsonValue | undefined): Holds {
  if (isJsonObject(wanted)) return holdsMembers(wanted);
  if (isJsonArray(wanted)) return holdsItems(wanted);
  return (value) => value === wanted;
}

function holdsMembers(wanted: JsonObject): Holds {
  const members = Object.entries(wanted).map(([name, member]) => [name, holds(member)] as const);
  return (value) =>
    isJsonObject(value) &&
    members.every(([name, isHeldBy]) => Object.hasOwn(value, name) && isHeldBy(value[name]));
}

function holdsItems(wanted: readonly JsonValue[]): Holds {
  const items = wanted.map(holds);
  return (value) =>
    isJsonArray(value) &&
    value.length === items.length &&
    items.every((isHeldBy, index) => isHeldBy(value[index]));
}
