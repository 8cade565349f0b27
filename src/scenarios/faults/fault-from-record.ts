import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import type { FaultBound, FaultMatch, FaultPlan, FaultWhen } from "../../domain/fault-plan.ts";
import { parseInstant } from "../../domain/instant.ts";
import { type Complaint, quoted } from "../finding-list.ts";
import type { FaultPlanRecord } from "./fault-document.ts";
import { readFault } from "./fault-kinds.ts";
import { FaultReading, numberOf, own, textOf, textsOf } from "./fault-reading.ts";

export type ReadFault =
  | { readonly ok: true; readonly plan: FaultPlan }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

/** `POST /faults/reset` counts anew; a fault of this name could not be told from that. */
const reservedName = "reset";

/** Reads a planned fault whose keys and types a schema has checked. `name` is what it is called when it has no name. */
export function faultFrom(record: FaultPlanRecord, name: string): ReadFault {
  const reading = new FaultReading();
  const written = {
    name: record.name ?? name,
    match: record.match ?? {},
    when: record.when ?? {},
    fault: record.fault,
  };
  if (written.name === reservedName) {
    reading.complain(["name"], `a fault cannot be named ${quoted(reservedName)}`, "any other name");
  }
  const match = readMatch(reading, plain(written.match));
  const when = readWhen(reading, plain(written.when));
  const fault = readFault(reading, plain(written.fault));
  return fault === undefined || reading.complaints.length > 0
    ? { ok: false, complaints: reading.complaints }
    : { ok: true, plan: { name: written.name, match, when, fault, written } };
}

function plain(value: object): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Headers that carry tokens: a plan is shown to whoever asks, and no secret may be. */
const secretHeaders = new Set(["authorization", "cookie", "coder-session-token", "proxy-authorization"]);

function readMatch(reading: FaultReading, record: JsonObject): FaultMatch {
  const headers = textsOf(record, "header").map(([name, value]) => [name.toLowerCase(), value] as const);
  for (const [name] of textsOf(record, "header")) {
    const at = ["match", "header", name];
    if (!reading.headerName(at, name) || !secretHeaders.has(name.toLowerCase())) continue;
    reading.complain(
      at,
      `the header ${quoted(name)} carries a secret, which a plan would show`,
      'any other header; "user" tells callers apart',
    );
  }
  const path = textOf(record, "path");
  if (path !== undefined && /^\/(?:w\/|__admin(?:\/|$))/.test(path)) {
    reading.complain(
      ["match", "path"],
      `no request that a fault can hit has the path ${quoted(path)}`,
      "a path of the API without the prefix of a world, such as /api/v2/tasks/*; admin calls are never hit",
    );
  }
  return {
    operation: textOf(record, "operation"),
    method: textOf(record, "method")?.toUpperCase(),
    path,
    user: textOf(record, "user"),
    task: textOf(record, "task"),
    headers,
  };
}

function readWhen(reading: FaultReading, record: JsonObject): FaultWhen {
  const when: FaultWhen = {
    after: readBound(reading, record, "after"),
    until: readBound(reading, record, "until"),
    nth: numberOf(record, "nth"),
    first: numberOf(record, "first"),
    every: numberOf(record, "every"),
    probability: numberOf(record, "probability"),
  };
  if (when.nth !== undefined && (when.first !== undefined || when.every !== undefined)) {
    reading.complain(
      ["when", "nth"],
      '"nth" is one request, of which "first" and "every" have no part',
      '"nth", or one or both of the others',
    );
  }
  if (isEmpty(when)) {
    reading.complain(["when", "until"], "the window ends before it begins", 'a bound behind "after"');
  }
  return when;
}

function readBound(
  reading: FaultReading,
  record: JsonObject,
  key: "after" | "until",
): FaultBound | undefined {
  const value = own(record, key);
  if (typeof value === "number") return { kind: "count", count: value };
  if (typeof value !== "string") return undefined;
  const at = parseInstant(value);
  if (at !== undefined) return { kind: "instant", at };
  return reading.complain(
    ["when", key],
    `${quoted(value)} is no instant`,
    'a number of matching requests, or an RFC 3339 instant of the world\'s clock such as "2026-02-02T09:00:00Z"',
  );
}

/** Whether no request can ever fall into the window. */
function isEmpty({ after, until }: FaultWhen): boolean {
  if (after?.kind === "count" && until?.kind === "count") return until.count <= after.count;
  return after?.kind === "instant" && until?.kind === "instant" && until.at <= after.at;
}
