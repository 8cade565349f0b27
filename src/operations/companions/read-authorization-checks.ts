import type { DecodedBody } from "../../contract/contract.ts";
import type { JsonObject, JsonValue } from "../../contract/json.ts";
import type { AuthorizationObject } from "../../domain/authorize.ts";
import { parseUuid } from "../../domain/ids.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type Decoded, decodeFields, fieldOf, kindOf, objectOf } from "../decode-fields.ts";

/** What a client wants to know whether it may. */
export interface Check {
  readonly name: string;
  readonly object: AuthorizationObject;
  readonly action: string;
  /** Absent: the check is about a kind of thing. */
  readonly resource?: Resource | undefined;
}

/** The kinds of things that the provider looks up by id. */
const lookedUpTypes = ["workspace", "template", "user", "group"] as const;
export type LookedUpType = (typeof lookedUpTypes)[number];

/** A thing as a check names it. */
export interface Resource {
  readonly type: LookedUpType;
  readonly id: string;
}

/** Reads the checks of a body, each by its name. `callerId` is who `me` is. */
export function readChecks(body: DecodedBody, callerId: string): Decoded<readonly Check[]> {
  const outer = objectOf(body);
  if (!outer.ok) return outer;
  const checks = objectIn(fieldOf(outer.value, "checks"));
  if (!checks.ok) return checks;
  const read: Check[] = [];
  for (const [name, given = null] of Object.entries(checks.value)) {
    const check = readCheck(name, given, callerId);
    if (!check.ok) return check;
    read.push(check.value);
  }
  return { ok: true, value: read };
}

function readCheck(name: string, given: JsonValue, callerId: string): Decoded<Check> {
  const check = objectIn(given);
  if (!check.ok) return check;
  const object = objectIn(fieldOf(check.value, "object"));
  if (!object.ok) return object;
  const action = decodeFields({ kind: "json", value: check.value }, [["action", "string"]]);
  if (!action.ok) return action;
  return about({ name, action: action.value("action") }, { object: object.value, callerId });
}

const texts = [
  ["resource_type", "string"],
  ["owner_id", "string"],
  ["organization_id", "string"],
  ["resource_id", "string"],
] as const;

/** The check with what it is about. */
function about(
  check: Pick<Check, "name" | "action">,
  { object, callerId }: { readonly object: JsonObject; readonly callerId: string },
): Decoded<Check> {
  const read = decodeFields({ kind: "json", value: object }, texts);
  if (!read.ok) return read;
  const anyOrganization = fieldOf(object, "any_org") ?? false;
  if (typeof anyOrganization !== "boolean") {
    return unreadable(`cannot unmarshal ${kindOf(anyOrganization)} into field any_org of type bool`);
  }
  const [type, owner, organizationId, id] = texts.map(([field]) => read.value(field) || undefined);
  if (type === undefined) return { ok: false, refusal: { kind: "check-without-type", name: check.name } };
  const ownerId = owner === "me" ? callerId : owner;
  const kind = { ...check, object: { type, ownerId, organizationId, anyOrganization } };
  if (id === undefined) return { ok: true, value: kind };
  const resource = readResource(id, type);
  return resource.ok ? { ok: true, value: { ...kind, resource: resource.value } } : resource;
}

function readResource(text: string, typeText: string): Decoded<Resource> {
  const id = parseUuid(text);
  if (id === undefined) return { ok: false, refusal: { kind: "bad-resource-id", id: text } };
  const type = lookedUpTypes.find((one) => one === typeText);
  return type === undefined
    ? { ok: false, refusal: { kind: "bad-resource-id", id: text, unsupported: typeText } }
    : { ok: true, value: { type, id } };
}

/** A member as an object; one that is missing or null is empty. */
function objectIn(value: JsonValue | undefined) {
  return objectOf({ kind: "json", value: value ?? null });
}

function unreadable(detail: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: "body-unreadable", detail } };
}
