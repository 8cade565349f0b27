import type { JsonObject, JsonValue } from "../../contract/json.ts";
import {
  contractChanges,
  type DelayTime,
  type Fault,
  type FaultBody,
  type FaultKind,
  faultKinds,
} from "../../domain/fault-plan.ts";
import { quoted } from "../finding-list.ts";
import { type FaultReading, type Limits, numberOf, objectOf, own, textOf, textsOf } from "./fault-reading.ts";

type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

/** The keys that a kind has besides `kind`. */
const keysOf = {
  delay: ["time"],
  status: ["status", "headers", "body", "text", "media_type"],
  reset: ["after_bytes"],
  empty: [],
  hang: [],
  truncate: ["bytes"],
  "malformed-chunk": [],
  "not-http": [],
  dribble: ["bytes", "every"],
  "cut-json": ["bytes"],
  "wrong-content-type": ["media_type"],
  "break-contract": ["pointer", "change"],
} as const satisfies Record<FaultKind, readonly string[]>;

/** Reads what is to go wrong; undefined when it cannot be meant, which the reading has complained about. */
export function readFault(reading: FaultReading, record: JsonObject): Fault | undefined {
  const kind = faultKinds.find((one) => one === record["kind"]);
  if (kind === undefined) return undefined;
  const keys: readonly string[] = keysOf[kind];
  for (const key of Object.keys(record)) {
    if (key === "kind" || keys.includes(key)) continue;
    const known =
      keys.length === 0 ? 'no key besides "kind"' : `no other keys than ${keys.map(quoted).join(", ")}`;
    reading.complain(["fault", key], `a fault of the kind ${quoted(kind)} has no ${quoted(key)}`, known);
  }
  return faultOf(reading, record, kind);
}

function faultOf(reading: FaultReading, record: JsonObject, kind: FaultKind): Fault | undefined {
  switch (kind) {
    case "delay":
      return readDelay(reading, record);
    case "status":
      return readStatus(reading, record);
    case "reset":
      return { kind, afterBytes: numberOf(record, "after_bytes") };
    case "truncate":
    case "cut-json":
      return { kind, bytes: numberOf(record, "bytes") };
    case "dribble": {
      const every = reading.span(["fault", "every"], textOf(record, "every") ?? "20ms", pauses);
      return every === undefined ? undefined : { kind, bytes: numberOf(record, "bytes") ?? 64, every };
    }
    case "wrong-content-type":
      return { kind, mediaType: textOf(record, "media_type") ?? "text/html" };
    case "break-contract":
      return {
        kind,
        pointer: textOf(record, "pointer"),
        change: contractChanges.find((change) => change === record["change"]),
      };
    case "empty":
    case "hang":
    case "malformed-chunk":
    case "not-http":
      return { kind };
  }
}

const pauses: Limits = {
  least: { text: "1ms", milliseconds: 1 },
  most: { text: "10s", milliseconds: 10_000 },
};
const delays: Limits = {
  least: { text: "0s", milliseconds: 0 },
  most: { text: "10m", milliseconds: 600_000 },
};

function readDelay(reading: FaultReading, record: JsonObject): FaultOf<"delay"> | undefined {
  const time = readTime(reading, record);
  return time === undefined ? undefined : { kind: "delay", time };
}

function readTime(reading: FaultReading, record: JsonObject): DelayTime | undefined {
  const fixed = textOf(record, "time");
  if (fixed !== undefined) {
    const span = reading.span(timeKeys, fixed, delays);
    return span === undefined ? undefined : { kind: "uniform", least: span, most: span };
  }
  const time = objectOf(record, "time") ?? {};
  switch (Object.keys(time).sort().join(" ")) {
    case "least most":
      return readUniform(reading, time);
    case "median sigma":
      return readLogNormal(reading, time);
    default:
      return reading.complain(
        timeKeys,
        "a delay does not say how long it takes",
        'a span such as "300ms", { least, most } or { median, sigma }',
      );
  }
}

const timeKeys = ["fault", "time"];

function readUniform(reading: FaultReading, time: JsonObject): DelayTime | undefined {
  const least = reading.span([...timeKeys, "least"], textOf(time, "least"), delays);
  const most = reading.span([...timeKeys, "most"], textOf(time, "most"), delays);
  if (least === undefined || most === undefined) return undefined;
  if (least <= most) return { kind: "uniform", least, most };
  return reading.complain(timeKeys, "the range ends before it begins", 'the shorter span as "least"');
}

function readLogNormal(reading: FaultReading, time: JsonObject): DelayTime | undefined {
  const median = reading.span([...timeKeys, "median"], textOf(time, "median"), delays);
  const sigma = numberOf(time, "sigma");
  return median === undefined || sigma === undefined ? undefined : { kind: "log-normal", median, sigma };
}

/** What the mock or the connection writes itself, and what announces something that never comes. */
const ownHeaders = /^(?:content-length|content-type|transfer-encoding|trailer|connection|date|x-mock-.*)$/i;
/** What is written on one line, in characters that a header can hold. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

function readStatus(reading: FaultReading, record: JsonObject): FaultOf<"status"> | undefined {
  const status = numberOf(record, "status");
  if (status === undefined) {
    return reading.complain(["fault", "status"], "the status is missing", "a number from 200 to 599");
  }
  const headers = textsOf(record, "headers");
  for (const [name, value] of headers) {
    const at = ["fault", "headers", name];
    if (!reading.headerName(at, name)) continue;
    if (ownHeaders.test(name)) {
      reading.complain(
        at,
        `the header ${quoted(name)} is written by the mock`,
        'any other header; "media_type" goes with "text"',
      );
    } else if (!headerValue.test(value))
      reading.complain(at, "the value does not fit into a header", "one line of Latin characters");
  }
  const body = readBody(reading, record);
  if (body !== undefined && (status === 204 || status === 304)) {
    reading.complain(
      ["fault", "status"],
      `an answer with status ${status} has no body`,
      'no "body" and no "text"',
    );
  }
  return { kind: "status", status, headers: Object.fromEntries(headers), body };
}

function readBody(reading: FaultReading, record: JsonObject): FaultBody | undefined {
  const value = own(record, "body");
  const text = textOf(record, "text");
  const mediaType = textOf(record, "media_type");
  if (text === undefined && mediaType !== undefined) {
    return reading.complain(["fault", "media_type"], '"media_type" is that of a "text"', 'a "text" as well');
  }
  if (value !== undefined && text !== undefined) {
    return reading.complain(["fault", "text"], 'there is both a "body" and a "text"', "one of them");
  }
  if (text !== undefined) return { kind: "text", text, mediaType: mediaType ?? "text/plain" };
  if (typeof value !== "object" || value === null) return undefined;
  return isWithin(value, mostLevels)
    ? { kind: "json", value }
    : reading.complain(["fault", "body"], "the body is nested too deep", `at most ${mostLevels} levels`);
}

/** A plan is shown, saved and read again, all of which goes level by level. */
const mostLevels = 100;

function isWithin(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1));
}
