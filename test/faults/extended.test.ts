import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const extend = join(import.meta.dirname, "../extend/groups.swagger.yaml");
const match = { operation: "list-groups" };
const unavailable = { kind: "status", status: 503 };

let folder: string;
let mock: TestMock;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "faults-"));
  mock = await startTestMock({ extend });
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => mock.reset());

const admin = (method: "GET" | "POST" | "PUT", path: string, body?: object) =>
  mock.ask(method, `/__admin${path}`, { as: "nobody", ...(body === undefined ? {} : { body }) });

describe("a fault on an operation of a document that extends the mock", () => {
  const plan = (fault: object) => admin("POST", "/faults", { name: "flaky", match, fault });

  it("answers in its place, in the API's envelope", async () => {
    expect((await plan(unavailable)).status).toBe(201);
    const { status, body, headers } = await mock.ask("GET", "/api/v2/groups");
    expect([status, Object.keys(body), headers["x-mock-fault"]]).toEqual([
      503,
      ["message", "detail"],
      "flaky",
    ]);
    expect((await mock.ask("GET", "/tasks")).status).toBe(200);
    const { faults } = (await admin("GET", "/faults")).body;
    expect(faults).toMatchObject([{ match, seen: 1, hits: 1 }]);
  });

  test.each([
    [{ kind: "wrong-content-type" }, expect.stringMatching(/^\[\{"id"/)],
    [{ kind: "break-contract", pointer: "/0/id", change: "missing" }, expect.stringMatching(/^\[\{"name"/)],
    [{ kind: "delay", time: "1ms" }, expect.stringMatching(/^\[\{"id"/)],
  ])("%j spoils what was made up for it", async (fault, text) => {
    expect((await plan(fault)).status).toBe(201);
    const answer = await mock.ask("GET", "/api/v2/groups");
    expect([answer.text, answer.headers["x-mock-fault"]]).toEqual([text, "flaky"]);
  });

  it("is saved and loaded with its world", async () => {
    await plan(unavailable);
    const saved = (await admin("GET", "/state")).body;
    await mock.reset();
    expect((await admin("PUT", "/state", saved)).status).toBe(200);
    expect((await mock.ask("GET", "/api/v2/groups")).status).toBe(503);
  });

  it("that none of them has is refused with the nearest", async () => {
    const answer = await admin("POST", "/faults", { match: { operation: "list-grups" }, fault: unavailable });
    expect([answer.status, answer.body.validations]).toEqual([
      400,
      [{ field: "body/match/operation", detail: expect.stringContaining('did you mean "list-groups"?') }],
    ]);
    expect((await admin("GET", "/faults")).body.faults).toEqual([]);
  });
});

describe("an answer that breaks its contract by itself", () => {
  const templates = join(import.meta.dirname, "../extend/templates.openapi-3.0.yaml");
  const broken = (own: TestMock, pointer: string) =>
    own
      .ask("POST", "/__admin/faults", {
        body: { fault: { kind: "break-contract", pointer, change: "wrong-type" } },
        as: "nobody",
      })
      .then(() => own.ask("GET", "/api/v2/blueprints?__example=broken"));

  test.each(["warn", "off"])("is no proof that a fault broke it: --responses %s", async (responses) => {
    const own = await startTestMock({ extend: templates, responses });
    const answer = await broken(own, "/0/id");
    expect([answer.status, answer.body, answer.headers["x-mock-fault"]]).toEqual([
      200,
      [{ id: "x" }],
      undefined,
    ]);
  });
});

describe("a scenario with such a fault", () => {
  const scenario = (operation: string) => {
    const file = join(folder, `${operation}.yaml`);
    writeFileSync(file, `faults:\n  - match: { operation: ${operation} }\n    fault: { kind: empty }\n`);
    return file;
  };

  it("starts where the mock is extended, and is refused at its place elsewhere", async () => {
    const file = scenario("list-groups");
    const own = await startTestMock({ extend, scenario: file });
    const { body } = await own.ask("GET", "/__admin/faults");
    expect(body.faults).toMatchObject([{ match }]);
    await expect(startTestMock({ scenario: file })).rejects.toThrow(
      /list-groups\.yaml:2:\d+ \/faults\/0\/match\/operation "list-groups" is no operation of the mock\. Expected one of "list-ai-tasks"/,
    );
  });

  it("is told the nearest operation of them all", async () => {
    await expect(startTestMock({ extend, scenario: scenario("list-grups") })).rejects.toThrow(
      /"list-grups" is no operation of the mock or of the documents that extend it\. .*did you mean "list-groups"/,
    );
  });
});
