import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

const json = (schema: object, more: object = {}) => ({
  description: "Fine.",
  content: { "application/json": { schema, ...more } },
});

const plain = (type: string) => ({ type });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const named = { name: plain("string") };

const responses: Readonly<Record<string, object>> = {
  "/null": { 200: json({ type: "object", nullable: true }, { example: null }) },
  "/null-by-name": {
    200: json({ type: "object", nullable: true }, { examples: { nothing: { value: null } } }),
  },
  "/number": { 200: json(plain("integer"), { examples: { wrong: { value: "one" }, right: { value: 1 } } }) },
  "/socket": { 101: { description: "Another protocol." } },
  "/early": { 100: { description: "Go on." }, 404: json(plain("object")) },
  "/person": { 200: json(ref("Person")) },
  "/people": { 200: json({ type: "array", minItems: 1, items: ref("Person") }) },
  "/tree": { 200: json(ref("Tree")) },
  "/either": { 200: json(ref("Either")) },
  "/described": {
    200: json({
      type: "object",
      required: ["tags"],
      properties: { tags: { description: "Of before 3.1.", allOf: [ref("Tags")] } },
    }),
  },
  "/endless": { 200: json(ref("Endless")) },
};

const schemas = {
  Tags: { type: "array", minItems: 1, items: plain("string") },
  Person: {
    type: "object",
    required: ["name"],
    properties: {
      ...named,
      parent: ref("Person"),
      friend: ref("Friend"),
      byName: { type: "object", additionalProperties: ref("Person") },
    },
  },
  Friend: {
    type: "object",
    required: ["since", "person"],
    properties: { since: plain("integer"), person: ref("Person") },
  },
  Tree: {
    type: "object",
    required: ["name", "left", "right"],
    properties: {
      ...named,
      left: { type: "array", items: ref("Tree") },
      right: { type: "array", items: { allOf: [ref("Tree")] } },
    },
  },
  Either: {
    oneOf: [{ type: "object", required: ["of"], properties: { of: ref("Either") } }, plain("boolean")],
  },
  Endless: { type: "object", required: ["name", "next"], properties: { ...named, next: ref("Endless") } },
};

const document = {
  openapi: "3.0.3",
  info: { title: "Odd", version: "1" },
  servers: [{ url: "/odd" }],
  paths: Object.fromEntries(
    Object.entries(responses).map(([path, of]) => [path, { get: { responses: of } }]),
  ),
  components: { schemas },
};

const folder = mkdtempSync(join(tmpdir(), "odd-"));
let mock: TestMock;

beforeAll(async () => {
  const file = join(folder, "odd.json");
  writeFileSync(file, JSON.stringify(document));
  mock = await startTestMock({ extend: file });
});

afterAll(() => rmSync(folder, { recursive: true }));

const answerTo = async (path: string, prefer = "dynamic=false") => {
  const answer = await mock.ask("GET", `/odd${path}`, { headers: { Prefer: prefer } });
  return { status: answer.status, outcome: outcomeOf(answer), text: answer.text, body: answer.body };
};

describe("an example that is null", () => {
  test.each([
    ["/null", "dynamic=false"],
    ["/null", "example=default"],
    ["/null-by-name", "example=nothing"],
    ["/null-by-name", "code=200"],
  ])("is answered at %s with %s like any other", async (path, prefer) => {
    expect(await answerTo(path, prefer)).toMatchObject({ status: 200, outcome: "fallback", text: "null" });
  });
});

describe("an answer that is no object", () => {
  test("is held to its schema: the first example that fits is taken", async () => {
    expect(await answerTo("/number")).toMatchObject({ status: 200, text: "1" });
  });

  test("is held back when it is asked for and does not fit", async () => {
    const { status, outcome, body } = await answerTo("/number", "example=wrong");
    expect([status, outcome]).toEqual([500, "contract-response"]);
    expect(body.validations).toEqual([
      { field: "body", detail: expect.stringContaining('expected an integer, received "one"') },
    ]);
  });
});

describe("a status that HTTP sends before an answer", () => {
  test("is none, so there is nothing to answer with", async () => {
    expect(await answerTo("/socket")).toMatchObject({
      status: 404,
      outcome: "no-match",
      body: {
        message: "The contract has no answer for get-socket.",
        detail: "It has 101, which is none: HTTP sends a status below 200 ahead of an answer.",
      },
    });
  });

  test("gives way to any other", async () => {
    expect(await answerTo("/early")).toMatchObject({ status: 404, outcome: "fallback" });
  });
});

describe("a reference that is wrapped to be described", () => {
  test("is made up like any other, and nothing is said of it on the console", async () => {
    const warn = vi.spyOn(console, "warn");
    expect(await answerTo("/described")).toMatchObject({ status: 200, body: { tags: ["string"] } });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe("a schema that comes back to itself", () => {
  test.each(["/person", "/people", "/tree", "/either"])("has values of %s that end", async (path) => {
    for (const prefer of ["dynamic=false", "dynamic=true", "dynamic=true", "dynamic=true"]) {
      expect(await answerTo(path, prefer)).toMatchObject({ status: 200, outcome: "fallback" });
    }
  });

  test("has plain values that are the same each time", async () => {
    const first = await answerTo("/person");
    expect(first.body).toEqual({ name: "string", byName: {} });
    expect(await answerTo("/person")).toEqual(first);
  });

  test("has none when it cannot end, which is told as the broken answer that it is", async () => {
    expect(await answerTo("/endless")).toMatchObject({ status: 500, outcome: "contract-response" });
  });
});
