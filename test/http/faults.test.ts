import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/domain/fault-plan.ts";
import { type Curled, curl as curlAt } from "../support/curl.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";

let server: ServedMock;
beforeAll(async () => {
  server = await serveMock();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await admin("DELETE", "/faults");
  await admin("DELETE", "/requests");
});

const token = { "Coder-Session-Token": "API_KEY" };

async function admin(method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${server.url}/__admin${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function plan(fault: object): Promise<void> {
  const answer = await admin("POST", "/faults", { name: "planned", fault });
  expect([answer.status, answer.status === 201 ? "" : await answer.text()]).toEqual([201, ""]);
}

function curl(patience?: number): Promise<Curled> {
  return curlAt(`${server.url}/api/v2/tasks`, patience);
}

interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function get(path = "/api/v2/tasks", signal?: AbortSignal): Promise<Fetched> {
  const answer = await fetch(`${server.url}${path}`, { headers: token, ...(signal && { signal }) });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The code with which a fetch fails, or its body while it is read. */
async function failure(path?: string): Promise<unknown> {
  const error: unknown = await get(path).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  const cause = error instanceof Error ? error.cause : undefined;
  return cause !== null && typeof cause === "object" && "code" in cause ? cause.code : error;
}

interface Kept {
  readonly status: number;
  readonly outcome: string;
}

/** What the journal has of the requests, newest first. */
async function journal() {
  const answer = await admin("GET", "/requests");
  const body: { readonly requests: readonly Kept[] } = JSON.parse(await answer.text());
  return body.requests.map(({ status, outcome }) => [status, outcome]);
}

/** Kinds after which no whole answer comes: how curl ends, the status that it sees, how fetch fails, and what it keeps of it. */
const broken: readonly (readonly [
  kind: FaultKind,
  keys: object,
  curl: readonly [exit: number, status: number],
  fetch: string,
  journal: number,
])[] = [
  ["reset", {}, [56, 0], "ECONNRESET", 0],
  ["reset", { after_bytes: 40 }, [56, 200], "ECONNRESET", 200],
  ["empty", {}, [52, 0], "UND_ERR_SOCKET", 0],
  ["truncate", {}, [18, 200], "UND_ERR_SOCKET", 200],
  ["malformed-chunk", {}, [56, 200], "HPE_INVALID_CHUNK_SIZE", 200],
  ["not-http", {}, [1, 0], "HPE_INVALID_CONSTANT", 200],
];

describe("a connection that a fault breaks, seen by curl and by fetch", () => {
  it.each(broken)("%s %j", async (kind, keys, [exit, status], code, kept) => {
    await plan({ kind, ...keys });
    expect(await curl()).toMatchObject({ exit, status });
    expect(await failure()).toBe(code);
    expect(await journal()).toEqual([
      [kept, "fault"],
      [kept, "fault"],
    ]);
  });

  it("reset brings as much of the body as was planned", async () => {
    await plan({ kind: "reset", after_bytes: 40 });
    const whole = '{"tasks":[{"id":"';
    expect((await curl()).body).toMatch(
      new RegExp(`^${whole.replaceAll(/[[{]/g, "\\$&")}.{${40 - whole.length}}$`),
    );
  });

  it("hang says nothing for as long as the client waits", async () => {
    await plan({ kind: "hang" });
    expect(await curl(0.2)).toEqual({ exit: 28, status: 0, body: "" });
    const client = new AbortController();
    const hanging = get("/api/v2/tasks", client.signal);
    await until(async () => (await journal()).length === 2);
    client.abort();
    await expect(hanging).rejects.toThrow("abort");
    await until(() => !server.mock.host.faults.isHolding);
  });

  it("hang ends with its plan, and with the run of the world", async () => {
    for (const end of [() => admin("DELETE", "/faults/planned"), () => admin("POST", "/reset")]) {
      await plan({ kind: "hang" });
      const hanging = failure();
      await until(() => server.mock.host.faults.isHolding);
      await end();
      expect(await hanging).toBe("UND_ERR_SOCKET");
    }
  });
});

describe("an answer that a fault spoils, seen by curl and by fetch", () => {
  it("delay takes its time and is the same answer", async () => {
    const plain = await get();
    await plan({ kind: "delay", time: { least: "20ms", most: "40ms" } });
    const late = await get();
    expect([late.status, late.text]).toEqual([200, plain.text]);
    expect(late.headers.get("x-mock-fault")).toBe("planned");
    expect(await curl()).toEqual({ exit: 0, status: 200, body: plain.text });
    await admin("DELETE", "/faults");
    await plan({ kind: "delay", time: "10m" });
    expect((await curl(0.2)).exit).toBe(28);
    await until(() => !server.mock.host.faults.isHolding);
  });

  it.each([
    [{ status: 503 }, { message: expect.any(String), detail: expect.any(String) }],
    [{ status: 409, body: { message: "Taken." }, headers: { "Retry-After": "3" } }, { message: "Taken." }],
  ])("status %j", async (keys, body) => {
    await plan({ kind: "status", ...keys });
    const { status, headers, text } = await get();
    expect([status, JSON.parse(text)]).toEqual([keys.status, body]);
    expect(headers.get("retry-after")).toBe("headers" in keys ? "3" : null);
    expect(headers.get("x-mock-outcome")).toBe("fault");
    expect(await curl()).toEqual({ exit: 0, status: keys.status, body: text });
  });

  it("status with the page of a proxy", async () => {
    await plan({ kind: "status", status: 502, text: "<h1>Bad Gateway</h1>", media_type: "text/html" });
    const { status, headers, text } = await get();
    expect([status, headers.get("content-type"), text]).toEqual([
      502,
      "text/html; charset=utf-8",
      "<h1>Bad Gateway</h1>",
    ]);
    expect(await curl()).toEqual({ exit: 0, status, body: text });
  });

  it("dribble brings all of it in the end, and is cut when the world begins anew", async () => {
    const plain = await get();
    await plan({ kind: "dribble", bytes: 4_000, every: "1ms" });
    expect(await curl()).toEqual({ exit: 0, status: 200, body: plain.text });
    expect((await get()).text).toBe(plain.text);
    await admin("DELETE", "/faults");
    await plan({ kind: "dribble", bytes: 1, every: "10s" });
    const slow = failure();
    await until(() => server.mock.host.faults.isHolding);
    await admin("POST", "/reset");
    expect(await slow).toBe("UND_ERR_SOCKET");
  });

  it("cut-json is a whole answer of half a text", async () => {
    const plain = await get();
    await plan({ kind: "cut-json" });
    const { status, headers, text } = await get();
    expect([status, headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    expect(plain.text.startsWith(text)).toBe(true);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(await curl()).toEqual({ exit: 0, status: 200, body: text });
  });

  it("wrong-content-type is the same text under another name", async () => {
    const plain = await get();
    await plan({ kind: "wrong-content-type", media_type: "application/xml" });
    const { headers, text } = await get();
    expect([headers.get("content-type"), text]).toEqual(["application/xml; charset=utf-8", plain.text]);
    expect(await curl()).toEqual({ exit: 0, status: 200, body: plain.text });
  });

  it("break-contract leaves out what the schema wants", async () => {
    await plan({ kind: "break-contract", pointer: "/tasks/0/id", change: "missing" });
    const { headers, text } = await get();
    expect(headers.get("x-mock-fault-place")).toBe("/tasks/0/id missing");
    expect(JSON.parse(text).tasks[0]).not.toHaveProperty("id");
    expect(await curl()).toEqual({ exit: 0, status: 200, body: text });
  });
});

describe("a request that is held up", () => {
  const create = (world: string) => {
    const version = [...server.mock.host.world.tables.templates.values()][0]?.activeVersionId;
    return fetch(`${server.url}${world}/api/v2/tasks/me`, {
      method: "POST",
      headers: { "content-type": "application/json", ...token },
      body: JSON.stringify({ template_version_id: version, input: "Too late", name: "too-late" }),
    });
  };

  it("is answered with 503 when the world begins anew, and has done nothing", async () => {
    await plan({ kind: "delay", time: "10m" });
    const held = create("");
    await until(() => server.mock.host.faults.isHolding);
    await admin("POST", "/reset");
    const answer = await held;
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { message: expect.stringContaining("began anew"), detail: "The request was not carried out." },
    ]);
    expect((await get()).text).not.toContain("too-late");
    expect(await journal()).toEqual([[200, "handled"]]);
  });

  it("is dropped when its client goes away, and has done nothing", async () => {
    await plan({ kind: "delay", time: "10m" });
    const client = new AbortController();
    const held = get("/api/v2/tasks", client.signal);
    await until(() => server.mock.host.faults.isHolding);
    client.abort();
    await expect(held).rejects.toThrow("abort");
    await until(() => !server.mock.host.faults.isHolding);
    expect(await journal()).toEqual([[0, "fault"]]);
  });

  it("does not hold up the end of the mock", async () => {
    await using other = await serveMock();
    const plans = [
      { when: { first: 1 }, fault: { kind: "delay", time: "10m" } },
      { when: { nth: 2 }, fault: { kind: "hang" } },
    ];
    for (const one of plans) {
      await fetch(`${other.url}/__admin/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(one),
      });
    }
    const held = fetch(`${other.url}/api/v2/tasks`, { headers: token });
    await until(() => other.mock.host.faults.isHolding);
    const hanging = fetch(`${other.url}/api/v2/tasks`, { headers: token });
    await until(() => other.mock.host.journal.list().length === 1);
    await other[Symbol.asyncDispose]();
    expect((await held).status).toBe(503);
    await expect(hanging).rejects.toThrow("fetch failed");
  });
});

/** Resolves once something is so; each look is a request that the server has answered. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await (await fetch(`${server.url}/__admin/health`)).text();
}
