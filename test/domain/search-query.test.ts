import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedSearch, parseSearch, searchKeys } from "../../src/domain/search-query.ts";
import { anyCharacter } from "../support/any-character.ts";

function fieldsOf(parsed: ParsedSearch): readonly string[] {
  return parsed.ok ? [] : parsed.complaints.map(({ field }) => field);
}

describe("a search query", () => {
  it.each<[string, Record<string, string>]>([
    ["", {}],
    ["   ", {}],
    ["owner:me", { owner: "me" }],
    ["OWNER:ME Status:Active", { owner: "me", status: "active" }],
    ["alice", { owner: "alice" }],
    ['owner:"alice" status:"pending"', { owner: "alice", status: "pending" }],
    [
      "organization:acme owner:alice status:active",
      { organization: "acme", owner: "alice", status: "active" },
    ],
    ["foo bar", { owner: "foo bar" }],
    ["foo   status:active  bar", { owner: "foo bar", status: "active" }],
    ['"foo bar"', { owner: "foo bar" }],
    ["owner:me, status:active", { owner: "me,", status: "active" }],
    ["status:running", { status: "running" }],
    ['owner:""', {}],
    ['owner:"" status:active', { status: "active" }],
    ['owner:"a b"', { owner: "a b" }],
    ['owner:"a:b"', { owner: "a:b" }],
    ['"owner:me"', { owner: "owner:me" }],
    ['"owner":me', { owner: "me" }],
    ['owner:"a b', { owner: "a b" }],
  ])("%j asks for %j", (query, terms) => {
    expect(parseSearch(query)).toEqual({ ok: true, terms });
  });

  it.each<[string, readonly string[], RegExp]>([
    ["owner:alice:extra", ["q"], /can only contain 1/],
    [":owner", ["q"], /cannot start or end/],
    ["owner:", ["q"], /cannot start or end/],
    [":", ["q"], /cannot start or end/],
    // The first token that cannot be read comes alone, whatever else is wrong.
    ["invalid:x owner:me owner:me :x a:b:c", ["q"], /cannot start or end/],
    ["a:b:c :x", ["q"], /can only contain 1/],
    ["owner:me owner:me", ["owner"], /provided more than once/],
    ["alice owner:me", ["owner"], /provided more than once/],
    ["status:active status:paused", ["status"], /provided more than once/],
    ["owner:alice invalid:param", ["invalid"], /not a valid query param/],
    ["name:x", ["name"], /not a valid query param/],
    ["__proto__:x", ["__proto__"], /not a valid query param/],
    ["x:1 status:a status:b", ["status", "x"], /provided more than once/],
    ["x:1 x:2", ["x"], /not a valid query param/],
  ])("%j is refused on %j", (query, fields, detail) => {
    const parsed = parseSearch(query);
    expect(fieldsOf(parsed)).toEqual(fields);
    expect(parsed.ok ? "" : parsed.complaints[0]?.detail).toMatch(detail);
  });

  it("never throws, and gives either lower-case terms of the known keys or complaints", () => {
    const word = fc.constantFrom("owner", "status", "organization", "x", ":", '"', " ", "ME", "İ", ",", "\t");
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(word).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, (query) => {
        const parsed = parseSearch(query);
        if (!parsed.ok) {
          expect(parsed.complaints.length).toBeGreaterThan(0);
          return;
        }
        for (const [key, value] of Object.entries(parsed.terms)) {
          expect(searchKeys).toContain(key);
          expect(value).not.toBe("");
          expect(value).toBe(value.toLowerCase());
        }
      }),
      { numRuns: 200 },
    );
  });

  it("takes a quoted value whole, in any order of the keys", () => {
    const value = fc
      .string({ unit: "grapheme-ascii", minLength: 1 })
      .map((text) => text.replaceAll('"', "").toLowerCase())
      .filter((text) => text !== "");
    fc.assert(
      fc.property(fc.tuple(value, value, value), fc.shuffledSubarray([...searchKeys]), (values, keys) => {
        const terms = Object.fromEntries(keys.map((key, index) => [key, values[index] ?? ""]));
        const query = keys.map((key) => `${key}:"${terms[key]}"`).join(" ");
        expect(parseSearch(query)).toEqual({ ok: true, terms });
      }),
    );
  });
});
