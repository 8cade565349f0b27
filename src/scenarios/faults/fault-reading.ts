import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { parseDuration } from "../../domain/duration.ts";
import { type Complaint, quoted } from "../finding-list.ts";

/** Reads a record whose keys and types a schema has checked, and gathers what is wrong with it all the same. */
export class FaultReading {
  readonly complaints: Complaint[] = [];

  complain(at: Complaint["at"], message: string, expected: string): undefined {
    this.complaints.push({ at, message, expected });
    return undefined;
  }

  /** Whether a header can have the name. */
  headerName(at: Complaint["at"], name: string): boolean {
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return true;
    this.complain(at, `${quoted(name)} is no name of a header`, "letters, digits and hyphens");
    return false;
  }

  /** Whole milliseconds from `least` on, up to `most`. */
  span(at: Complaint["at"], text: string | undefined, { least, most }: Limits): number | undefined {
    if (text === undefined) return undefined;
    const span = parseDuration(text);
    if (span !== undefined && span >= least.milliseconds && span <= most.milliseconds) return span;
    return this.complain(
      at,
      `${quoted(text)} cannot be waited for`,
      `a span of real time from ${least.text} to ${most.text}, such as "500ms" or "1.5s"`,
    );
  }
}

export interface Limits {
  readonly least: Limit;
  readonly most: Limit;
}

interface Limit {
  readonly text: string;
  readonly milliseconds: number;
}

export function textOf(record: JsonObject, key: string): string | undefined {
  const value = own(record, key);
  return typeof value === "string" ? value : undefined;
}

export function numberOf(record: JsonObject, key: string): number | undefined {
  const value = own(record, key);
  return typeof value === "number" ? value : undefined;
}

export function objectOf(record: JsonObject, key: string): JsonObject | undefined {
  const value = own(record, key);
  return isJsonObject(value) ? value : undefined;
}

/** The texts of an object of texts. */
export function textsOf(record: JsonObject, key: string): readonly (readonly [string, string])[] {
  return Object.entries(objectOf(record, key) ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
}

export function own(record: JsonObject, key: string): JsonObject[string] {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
