import fc from "fast-check";
import { anyCharacter } from "../support/any-character.ts";

export const uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
export const words = [
  "new",
  "a",
  "x".repeat(33),
  "Fix-It",
  "two--hyphens",
  "a_b",
  "me",
  "fix.it",
  "steered",
] as const;
export const text = fc.oneof(
  fc.constantFrom("", " ", "Go on.", "\u0000\ud800", "</script>", "ünï cödé 🚀", "x".repeat(400)),
  fc.string({ unit: anyCharacter, maxLength: 30 }),
  fc.string({ maxLength: 80 }),
);

/** Which task, user or token: by its place among those there are, as far as there are any. */
export const index = fc.nat(60);
export const taskKey = fc.oneof(
  { weight: 8, arbitrary: index.map((n) => ({ by: "id" as const, n })) },
  { weight: 2, arbitrary: index.map((n) => ({ by: "name" as const, n })) },
  { weight: 1, arbitrary: index.map((n) => ({ by: "urn" as const, n })) },
  { weight: 1, arbitrary: fc.constantFrom(uuid, "nobody", "%00", "%ff", "a%2Fb", "new", "%E2%98%83") },
);
export const rawBody = fc.oneof(
  fc.constantFrom(
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"input":5}',
    '{"__proto__":{"input":"x"}}',
    "[".repeat(200),
  ),
  fc.json({ maxDepth: 2 }),
  text,
);
export const bodyOf = <Value extends object>(valid: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: valid }, { weight: 1, arbitrary: rawBody });

export const flag = fc.boolean();
export const span = fc.constantFrom(
  "0s",
  "1ms",
  "499ms",
  "500ms",
  "1.5s",
  "2s",
  "7s",
  "1h",
  "87660h",
  "-1s",
  "soon",
  "1e400s",
);
export const instant = fc.constantFrom(
  "2026-02-02T09:00:30Z",
  "2026-02-02T10:00:00+01:00",
  "1999-01-01T00:00:00Z",
  "8999-12-31T23:59:59Z",
  "noon",
);
