import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength } from "../../src/domain/byte-length.ts";
import { IdSource } from "../../src/domain/id-source.ts";
import { displayNameFrom, generateName, nameComplaint } from "../../src/domain/task-name.ts";
import { anyCharacter } from "../support/any-character.ts";

describe("the name rule", () => {
  it.each([
    "a",
    "7",
    "A",
    "fix-bug",
    "Fix-Bug-2",
    "a-b-c-d",
    "news",
    "new-task",
    "a".repeat(32),
    `${"ab-".repeat(10)}ab`,
  ])("takes %s", (name) => {
    expect(nameComplaint(name)).toBeUndefined();
  });

  it.each([
    ["", /empty/],
    ["new", /reserved/],
    ["create", /reserved/],
    ["a".repeat(33), /32 bytes/],
    ["é".repeat(17), /32 bytes/],
    ["-a", /hyphens/],
    ["a-", /hyphens/],
    ["a--b", /hyphens/],
    ["-", /hyphens/],
    ["a_b", /hyphens/],
    ["a.b", /hyphens/],
    ["a b", /hyphens/],
    ["a/b", /hyphens/],
    ["é", /hyphens/],
    ["a\n", /hyphens/],
  ])("refuses %j and says why", (name, complaint) => {
    expect(nameComplaint(name)).toMatch(complaint);
  });
});

function generate(prompt: string) {
  return generateName(prompt, new IdSource("1\u0000test"));
}

/** Any Unicode text, with enough plain words and blanks in it that stems come about. */
const prompt = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(fc.constantFrom("fix", "THE", "-", "--", " ", "\n", "ß", "İ", "ﬃ", "日本", "👩‍👩‍👧", "a.b", "\t"))
    .map((words) => words.join("")),
  fc.lorem({ maxCount: 30 }),
);

describe("a generated name", () => {
  it.each([
    ["Fix the tests", "fix-the-tests"],
    ["  Fix\r\nthe\n\ntests  ", "fix-the-tests"],
    ["Fix: the (flaky) tests!", "fix-the-flaky-tests"],
    ["a -- b", "a-b"],
    ["Refactor the authentication module please", "refactor-the-authentication"],
    ["Refactor an authentication module please", "refactor-an-authentication"],
    ["x".repeat(40), "x".repeat(27)],
    ["日本語 fix", "fix"],
  ])("of %j is %s with a drawn suffix", (text, stem) => {
    expect(generate(text).name).toMatch(new RegExp(`^${stem}-[0-9a-f]{4}$`));
  });

  it("obeys the name rule and keeps to 32 bytes for any prompt", () => {
    fc.assert(
      fc.property(prompt, (text) => {
        const { name } = generate(text);
        expect(nameComplaint(name)).toBeUndefined();
        expect(byteLength(name)).toBeLessThanOrEqual(32);
        expect(name).toMatch(/^[a-z0-9-]{1,27}-[0-9a-f]{4}$/);
      }),
      { numRuns: 200 },
    );
  });

  it("comes with a display name of 1 to 64 characters for any prompt", () => {
    fc.assert(
      fc.property(prompt, (text) => {
        const { displayName } = generate(text);
        const { length } = [...displayName];
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(64);
        expect(displayName).toBe(displayName.trim());
      }),
      { numRuns: 200 },
    );
  });

  it("is the same for the same seed and another for the next draw", () => {
    const [one, other] = [new IdSource("seed"), new IdSource("seed")];
    const names = [generateName("Fix it", one), generateName("Fix it", one), generateName("", one)];

    expect(names).toEqual([
      generateName("Fix it", other),
      generateName("Fix it", other),
      generateName("", other),
    ]);
    expect(names[0]?.name).not.toBe(names[1]?.name);
  });

  it.each(["", "   ", "!!!", "日本語のテスト", "👍"])(
    "of the unusable prompt %j is a pair of words",
    (text) => {
      const { name, displayName } = generate(text);
      expect(name).toMatch(/^[a-z]+-[a-z]+-[0-9a-f]{4}$/);
      expect(displayName.toLowerCase().replace(" ", "-")).toBe(name.slice(0, -5));
      expect(displayName).toMatch(/^[A-Z]/);
    },
  );
});

describe("a display name", () => {
  const sixtyFour = `a${"b".repeat(63)}`;

  it.each([
    ["fix the tests", "Fix the tests"],
    ["  fix\nthe  tests ", "Fix the tests"],
    [sixtyFour, `A${"b".repeat(63)}`],
    [`${sixtyFour}c`, `A${"b".repeat(62)}…`],
    [`${"word ".repeat(12)}goes on and on`, `W${"word ".repeat(12).slice(1)}…`.replace(" …", "…")],
    ["éa", "Éa"],
    ["日本", "日本"],
    // A letter whose capital is two letters stays as it is, or the name would outgrow its limit.
    [`ß${"b".repeat(63)}`, `ß${"b".repeat(63)}`],
  ])("of %j is %j", (text, displayName) => {
    expect(displayNameFrom(text)).toBe(displayName);
  });
});

describe("the byte length", () => {
  it("is that of the text in UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(byteLength(text)).toBe(Buffer.byteLength(text, "utf8"));
      }),
    );
  });
});
