import { describe, expect, it, vi } from "vitest";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import type { TestFlags } from "../support/test-mock.ts";

const tokens = { "Coder-Session-Token": "API_KEY" };

async function ask({ url }: ServedMock, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = path.includes("__admin") ? {} : tokens;
  const type = { "Content-Type": "application/json" };
  const response = await fetch(
    `${url}${path}`,
    body === undefined
      ? { method, headers }
      : { method, headers: { ...headers, ...type }, body: JSON.stringify(body) },
  );
  await response.text();
  return response;
}

const send = "/api/v2/tasks/me/dark-mode/send";

/** What the gates say after some calls, which are meant to break the contract or not. */
async function gatesAfter(flags: TestFlags, calls: (mock: ServedMock) => Promise<unknown>) {
  await using mock = await serveMock({ "log-level": "silent", ...flags });
  await calls(mock);
  return mock.mock.failedGates();
}

const gate = { "fail-on-violations": true } as const;
const once = [
  "--fail-on-violations: the contract was broken once: type in requests once; docs/rules has a page for each rule.",
];

describe("--fail-on-violations", () => {
  it("names the rules that were broken, and how often", async () => {
    const complaints = await gatesAfter(gate, async (mock) => {
      await ask(mock, "POST", send, { input: 5 });
      await ask(mock, "POST", send, { input: [] });
      await ask(mock, "POST", send, {});
    });
    expect(complaints).toEqual([
      "--fail-on-violations: the contract was broken 3 times: type in requests 2 times, required in requests once; docs/rules has a page for each rule.",
    ]);
  });

  it("counts under --requests warn, too, where the client does not notice", async () => {
    const complaints = await gatesAfter({ ...gate, requests: "warn" }, (mock) =>
      ask(mock, "POST", send, { input: 5 }),
    );
    expect(complaints).toEqual(once);
  });

  it("counts what came before a reset", async () => {
    const complaints = await gatesAfter(gate, async (mock) => {
      await ask(mock, "POST", send, { input: 5 });
      await ask(mock, "POST", "/__admin/reset");
    });
    expect(complaints).toEqual(once);
  });

  it("counts what was broken in worlds that are gone", async () => {
    const complaints = await gatesAfter(gate, async ({ url }) => {
      const worlds = `${url}/__admin/worlds`;
      const headers = { "Content-Type": "application/json" };
      const made = await fetch(worlds, { method: "POST", headers, body: '{"id":"brief"}' });
      const token = /"olga":"([^"]+)"/.exec(await made.text())?.[1] ?? "";
      const broken = await fetch(`${url}${send}`, {
        method: "POST",
        headers: { ...headers, "Coder-Session-Token": token },
        body: '{"input":5}',
      });
      expect([broken.status, broken.headers.get("x-mock-world")]).toEqual([400, "brief"]);
      expect((await fetch(`${worlds}/brief`, { method: "DELETE" })).status).toBe(204);
    });
    expect(complaints).toEqual(once);
  });

  it.each<[what: string, flags: TestFlags, calls: (mock: ServedMock) => Promise<unknown>]>([
    ["nothing at all", gate, async () => undefined],
    ["refusals", gate, (mock) => ask(mock, "GET", "/api/v2/tasks/me/nothing")],
    ["warnings", gate, (mock) => ask(mock, "GET", "/api/v2/tasks?limit=5")],
    ["bad admin calls", gate, (mock) => ask(mock, "PUT", "/__admin/clock", { mode: "fast" })],
    [
      "requests that nobody looks at",
      { ...gate, requests: "off" },
      (mock) => ask(mock, "POST", send, { input: 5 }),
    ],
    [
      "planned faults",
      gate,
      async (mock) => {
        const fault = { kind: "break-contract", pointer: "/count" };
        await ask(mock, "POST", "/__admin/faults", { match: { operation: "list-ai-tasks" }, fault });
        const response = await ask(mock, "GET", "/api/v2/tasks");
        expect(response.headers.get("x-mock-violations")).not.toBeNull();
      },
    ],
    ["violations when it was not asked for", {}, (mock) => ask(mock, "POST", send, { input: 5 })],
  ])("has nothing against %s", async (_, flags, calls) => {
    expect(await gatesAfter(flags, calls)).toEqual([]);
  });
});

/** What is logged of one bad request, with the token in its query. */
async function loggedWith(flags: TestFlags, lines: number): Promise<readonly string[]> {
  await using mock = await serveMock(flags);
  const { status } = await ask(mock, "POST", `${send}?coder_session_token=API_KEY`, { input: 5 });
  expect(status).toBe(400);
  // The logger is loaded with its first line.
  await vi.waitFor(() => expect(mock.log).toHaveLength(lines));
  return mock.log;
}

describe("the console", () => {
  it("shows a block when the contract is broken, without the query", async () => {
    const [block] = await loggedWith({}, 1);
    expect(block).toContain(
      "WARN  POST /api/v2/tasks/me/dark-mode/send broke the contract of send-input-to-ai-task in 1 place, answered with 400\n  error, request body/input: expected a string, received 5 (type, #/",
    );
    expect(block).not.toContain("API_KEY");
  });

  it("has one line of JSON for it under --log-format json", async () => {
    const [line = ""] = await loggedWith({ "log-format": "json" }, 1);
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      msg: "The contract was broken.",
      request: "1",
      violations: [{ rule: "type", fault: false }],
    });
    expect(line).not.toContain("API_KEY");
  });

  it.each(["error", "silent"])("says nothing of it at level %s", async (level) => {
    expect(await loggedWith({ "log-level": level }, 0)).toEqual([]);
  });
});
