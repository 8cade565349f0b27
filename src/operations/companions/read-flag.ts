import type { Decoded } from "../decode-fields.ts";
import { firstOf, type Query } from "../query.ts";

/** As Go's `strconv.ParseBool` reads them. */
const yes: readonly string[] = ["1", "t", "T", "TRUE", "true", "True"];
const no: readonly string[] = ["", "0", "f", "F", "FALSE", "false", "False"];

/** Reads a parameter that says yes or no; what is absent or empty is no. `field`: how a complaint names it. */
export function readFlag(query: Query, name: string, field = name): Decoded<boolean> {
  const text = firstOf(query, name) ?? "";
  if (yes.includes(text)) return { ok: true, value: true };
  if (no.includes(text)) return { ok: true, value: false };
  const detail = `Query param "${name}" must be a valid boolean`;
  return { ok: false, refusal: { kind: "bad-query", complaints: [{ field, detail }] } };
}
