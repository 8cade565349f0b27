import { isJsonArray, isJsonObject, type JsonValue } from "../../contract/json.ts";
import { childPointer, pointerKeys, resolvePointer } from "../../contract/json-pointer.ts";
import { isError, type Violation } from "../../contract/violation.ts";
import { type ContractChange, contractChanges, type Fault } from "../../domain/fault-plan.ts";
import type { IdSource } from "../../domain/id-source.ts";
import type { AtOperation } from "../hooks.ts";
import type { Served } from "../served.ts";

interface Breach {
  readonly at: AtOperation;
  readonly fault: Extract<Fault, { kind: "break-contract" }>;
  readonly ids: IdSource;
  readonly of: string;
}

/** One change to a body. */
interface Change {
  readonly keys: readonly string[];
  readonly change: ContractChange;
}

/** How many places are tried: in a body of which almost anything may be left out, the first may break nothing. */
const mostTries = 40;

/**
 * Changes one value of an answer so that it breaks its contract, which is proven by checking it. Undefined when nothing that
 * was tried does, as for an answer that is no JSON, or where a chosen place is not there.
 */
export function breakContract(
  served: Served & { readonly body: Uint8Array },
  breach: Breach,
): Served | undefined {
  const { at } = breach;
  if (served.mediaType !== undefined) return undefined;
  const value: JsonValue = JSON.parse(new TextDecoder().decode(served.body));
  const own = ownFindings(value, served.status, at);
  for (const tried of changesOf(value, breach)) {
    if (!isThere(value, tried.keys)) continue;
    const body = changed(value, tried.keys, tried.change);
    if (typeof body !== "object" || body === null) continue;
    const { bytes, violations } = at.contract.checkResponse(at.operation, { status: served.status, body });
    const broken = violations.filter((violation) => !own.has(findingKey(violation)));
    if (bytes === undefined || !broken.some(isError)) continue;
    const place = `${encodeURI(childPointer("", ...tried.keys))} ${tried.change}`;
    at.trace.breach = broken;
    const headers = { ...served.headers, "X-Mock-Fault-Place": place };
    return { ...served, body: bytes, headers, violations: [...served.violations, ...broken] };
  }
  return undefined;
}

/** What breaks the contract without a fault: a policy may have let it through, and it proves nothing of a change. */
function ownFindings(value: JsonValue, status: number, at: AtOperation): ReadonlySet<string> {
  if (typeof value !== "object" || value === null) return new Set();
  const { violations } = at.contract.checkResponse(at.operation, { status, body: value });
  return new Set(violations.map(findingKey));
}

function findingKey({ pointer, rule, expected }: Violation): string {
  return JSON.stringify([pointer, rule, expected]);
}

function* changesOf(value: JsonValue, { fault, ids, of }: Breach): Generator<Change> {
  const { pointer, change } = fault;
  const kinds = change === undefined ? contractChanges : [change];
  if (pointer !== undefined) {
    for (const kind of kinds) yield { keys: pointerKeys(pointer), change: kind };
    return;
  }
  for (let tried = 0; tried < mostTries; tried++) {
    const kind = kinds[ids.choice("fault", `${of}/${tried}/change`, kinds.length)];
    const keys = somePlace(value, (depth, size) => ids.choice("fault", `${of}/${tried}/${depth}`, size));
    if (kind !== undefined && keys.length > 0) yield { keys, change: kind };
  }
}

/** The way to a value without values of its own, chosen step by step. */
function somePlace(value: JsonValue, choose: (depth: number, size: number) => number): readonly string[] {
  const keys: string[] = [];
  let here: JsonValue | undefined = value;
  for (;;) {
    const inside: readonly (readonly [string, JsonValue | undefined])[] =
      typeof here === "object" && here !== null ? Object.entries(here) : [];
    const entry = inside.length === 0 ? undefined : inside[choose(keys.length, inside.length)];
    if (entry === undefined) return keys;
    keys.push(entry[0]);
    here = entry[1];
  }
}

function isThere(value: JsonValue, keys: readonly string[]): boolean {
  return resolvePointer({ value }, childPointer("/value", ...keys)) !== undefined;
}

/** A copy with one value changed, which has to be there; undefined when the whole is taken away. */
function changed(value: JsonValue, keys: readonly string[], change: ContractChange): JsonValue | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return replaced(value, change);
  const part = (name: string, item: JsonValue): JsonValue | undefined =>
    name === key ? changed(item, rest, change) : item;
  if (isJsonArray(value)) {
    return value.map((item, index) => part(String(index), item)).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, item]) => [name, item === undefined ? item : part(name, item)] as const,
  );
  return Object.fromEntries(members.filter(([, item]) => item !== undefined));
}

function replaced(value: JsonValue, change: ContractChange): JsonValue | undefined {
  switch (change) {
    case "missing":
      return undefined;
    case "null":
      return null;
    case "wrong-type":
      return typeof value === "string" ? 7 : `not what it should be: ${typeof value}`;
  }
}
