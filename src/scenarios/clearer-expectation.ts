import type { SchemaFinding } from "../contract/check-schema.ts";
import { nearestName } from "./nearest-name.ts";

/** Places where the schema's own words, such as `a value that must be <= 1000`, do not say how to go on. */
const expectations: readonly { readonly place: RegExp; readonly expected: string }[] = [
  {
    place: /\/repeat\/times$/,
    expected:
      "a whole number from 1 to 1000; a turn of an agent has an end, and the next one begins with an input",
  },
  {
    place: /\/behaviour\/(?:start|stop|delete)(?:\/\d+)?$/,
    expected: `"succeeds", "hangs", "canceled", { fails: "an error text" }, or a list of these`,
  },
  {
    place: /\/behaviour\/agent(?:\/\d+)?$/,
    expected: `"ready", "start-error", "start-timeout", "never-connects", { disconnects_after: "30s" }, or a list of these`,
  },
  {
    place: /\/behaviour\/app(?:\/\d+)?$/,
    expected: `"healthy", "unreachable", "rejects", { unhealthy_after: "10s..20s" }, or a list of these`,
  },
];

/** What to say of a finding in place of what the schema says; undefined where the schema says it well. */
export function clearerExpectation({ pointer, received, known }: SchemaFinding): string | undefined {
  const expected = expectations.find(({ place }) => place.test(pointer))?.expected;
  const near = received === undefined ? undefined : nearestName(received, known);
  return expected === undefined || near === undefined
    ? expected
    : `${expected} (did you mean ${JSON.stringify(near)}?)`;
}
