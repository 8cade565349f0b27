import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  inOrderOfKeys,
  type ParsedSearch,
  parseSearch,
  type SearchLanguage,
} from "../../src/domain/search-query.ts";
import { anyCharacter } from "../support/any-character.ts";

type TaskKey = "owner" | "organization" | "status";

const tasks: SearchLanguage<TaskKey> = {
  keys: ["owner", "organization", "status"],
  bare: (words) => [["owner", words]],
};

function fieldsOf(parsed: ParsedSearch<string>): readonly string[] {
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
    expect(parseSearch(query, tasks)).toEqual({ ok: true, terms });
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
    const parsed = parseSearch(query, tasks);
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
        const parsed = parseSearch(query, tasks);
        if (!parsed.ok) {
          expect(parsed.complaints.length).toBeGreaterThan(0);
          return;
        }
        for (const [key, value] of Object.entries(parsed.terms)) {
          expect(tasks.keys).toContain(key);
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
      fc.property(fc.tuple(value, value, value), fc.shuffledSubarray([...tasks.keys]), (values, keys) => {
        const terms = Object.fromEntries(keys.map((key, index) => [key, values[index] ?? ""]));
        const query = keys.map((key) => `${key}:"${terms[key]}"`).join(" ");
        expect(parseSearch(query, tasks)).toEqual({ ok: true, terms });
      }),
    );
  });
});

describe("a language of its own", () => {
  const workspaces: SearchLanguage<"owner" | "name" | "id"> = {
    keys: ["owner", "name", "id"],
    lists: ["id"],
    bare(words) {
      const [owner = "", name, ...more] = words.split("/");
      if (more.length > 0) return { detail: `Query element "${words}" can only contain 1 '/'` };
      return name === undefined
        ? [["name", owner]]
        : [
            ["owner", owner],
            ["name", name],
          ];
    },
  };

  it.each<[string, Record<string, string>]>([
    ["web", { name: "web" }],
    ["alice/web", { owner: "alice", name: "web" }],
    ["alice/web id:1 ID:2", { owner: "alice", name: "web", id: "1,2" }],
    ["id:1,2", { id: "1,2" }],
  ])("reads %j as %j", (query, terms) => {
    expect(parseSearch(query, workspaces)).toEqual({ ok: true, terms });
  });

  it.each<[string, readonly string[]]>([
    ["a/b/c", ["q"]],
    ["alice/web owner:bob", ["owner"]],
    ["status:paused", ["status"]],
  ])("refuses %j on %j", (query, fields) => {
    expect(fieldsOf(parseSearch(query, workspaces))).toEqual(fields);
  });

  it("tells complaints in the order of its keys, about unknown keys last", () => {
    const complaints = ["x", "id", "owner", "y"].map((field) => ({ field, detail: "" }));

    expect(inOrderOfKeys(complaints, workspaces).map(({ field }) => field)).toEqual([
      "owner",
      "id",
      "x",
      "y",
    ]);
  });
});
