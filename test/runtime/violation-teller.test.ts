import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import type { SeenViolation } from "../../src/engine/journal/late-violation.ts";
import { ViolationTeller } from "../../src/runtime/reports/violation-teller.ts";
import { HandTime } from "../support/hand-time.ts";
import { late } from "../support/late.ts";

interface Line {
  readonly fields: object;
  readonly message: string;
}

function start(parts: { readonly format?: "pretty" | "json"; readonly hasAdmin?: boolean } = {}) {
  const time = new HandTime();
  const lines: Line[] = [];
  const logger = { warn: (fields: object, message: string) => lines.push({ fields, message }) };
  const { format = "pretty", hasAdmin = true } = parts;
  return { time, lines, teller: new ViolationTeller({ logger, format, hasAdmin, after: time.after }) };
}

interface Sample {
  readonly id?: string;
  readonly world?: string;
  readonly path?: string;
  readonly isPlanned?: boolean;
  readonly violation?: Partial<SeenViolation["violation"]>;
}

function seen({
  id = "7",
  world = "default",
  path = "/api/v2/tasks",
  isPlanned = false,
  violation,
}: Sample = {}) {
  return late({
    world,
    exchange: { id, at: asInstant(0), method: "GET", path, operation: "list-ai-tasks", status: 400 },
    violation: {
      direction: "request",
      severity: "error",
      place: "query",
      pointer: "/q",
      rule: "parameter-syntax",
      received: '["a","b"]',
      expected: "a single value",
      spec: "#/paths/~1tasks/get/parameters/0",
      ...violation,
    },
    isPlanned,
  });
}

describe("a block on the console", () => {
  it("tells the request, each violation, and where to see more", () => {
    const { teller, lines } = start();
    teller.tell([
      seen(),
      seen({
        isPlanned: true,
        violation: {
          direction: "response",
          place: "body",
          pointer: "/count",
          rule: "type",
          received: "null",
        },
      }),
    ]);
    expect(lines).toEqual([
      {
        fields: {},
        message: [
          "GET /api/v2/tasks broke the contract of list-ai-tasks in 2 places, answered with 400",
          '  error, request query/q: expected a single value, received ["a","b"] (parameter-syntax, #/paths/~1tasks/get/parameters/0)',
          "  planned fault, answer body/count: expected a single value, received null (type, #/paths/~1tasks/get/parameters/0)",
          "  See GET /__admin/requests/7, docs/rules/parameter-syntax.md, docs/rules/type.md",
        ].join("\n"),
      },
    ]);
  });

  it("names the world by its path, and no admin call when there is no admin API", () => {
    const { teller, lines } = start();
    teller.tell([seen({ world: "checkout" })]);
    expect(lines[0]?.message).toContain("See GET /w/checkout/__admin/requests/7, docs/rules/");
    const without = start({ hasAdmin: false });
    without.teller.tell([seen()]);
    expect(without.lines[0]?.message).toContain("\n  See docs/rules/parameter-syntax.md");
  });

  it("shows ten violations of an exchange and counts the others", () => {
    const { teller, lines } = start();
    teller.tell(Array.from({ length: 13 }, () => seen()));
    const shown = lines[0]?.message.split("\n") ?? [];
    expect(shown).toHaveLength(13);
    expect(shown[11]).toBe("  and 3 more");
  });

  it.each([
    ["a line break", "/a\nERROR forged"],
    ["a carriage return", "/a\rb"],
    ["an escape sequence", "/a\u001b[2Jb"],
    ["a control character of eight bits", "/a\u009b2Jb"],
    ["a mark that turns the direction", "/a\u202eb"],
    ["a line separator", "/a\u2028b"],
  ])("lets nobody write lines of their own or steer the terminal: %s", (_, pointer) => {
    const { teller, lines } = start();
    teller.tell([seen({ path: `/api${pointer}`, violation: { pointer, expected: pointer } })]);
    const shown = lines[0]?.message ?? "";
    expect(shown.split("\n")).toHaveLength(3);
    expect(shown).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
  });

  it("cuts what is very long", () => {
    const { teller, lines } = start();
    teller.tell([seen({ path: `/${"x".repeat(10_000)}`, violation: { pointer: "/y".repeat(10_000) } })]);
    expect(lines[0]?.message.length).toBeLessThan(2_000);
  });

  it("is one line of facts for --log-format json", () => {
    const { teller, lines } = start({ format: "json" });
    teller.tell([seen()]);
    expect(lines).toEqual([
      {
        message: "The contract was broken.",
        fields: {
          world: "default",
          request: "7",
          method: "GET",
          path: "/api/v2/tasks",
          operation: "list-ai-tasks",
          status: 400,
          count: 1,
          violations: [expect.objectContaining({ rule: "parameter-syntax", pointer: "/q", fault: false })],
          see: ["GET /__admin/requests/7", "docs/rules/parameter-syntax.md"],
        },
      },
    ]);
  });
});

describe("after twenty blocks in a second", () => {
  it("the rest is counted in one line, and the next second has blocks again", () => {
    const { teller, lines, time } = start();
    for (let count = 0; count < 25; count++) teller.tell([seen()]);
    expect(lines).toHaveLength(20);
    time.pass(999);
    expect(lines).toHaveLength(20);
    time.pass(1);
    expect(lines.slice(20).map(({ message }) => message)).toEqual([
      "5 more exchanges broke the contract within a second: GET /__admin/violations?scope=all lists them.",
    ]);
    teller.tell([seen()]);
    expect(lines).toHaveLength(22);
  });

  it("the end tells what the second has left out, and leaves no timer behind", () => {
    const { teller, lines, time } = start({ hasAdmin: false });
    for (let count = 0; count < 21; count++) teller.tell([seen()]);
    teller.end();
    expect([lines.length, lines.at(-1)?.message, time.timers]).toEqual([
      21,
      "1 more exchange broke the contract within a second.",
      0,
    ]);
  });

  it("a quiet second tells nothing", () => {
    const { teller, lines, time } = start();
    teller.tell([seen()]);
    time.pass(1_000);
    expect([lines.length, time.timers]).toEqual([1, 0]);
  });
});
