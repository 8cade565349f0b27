import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/domain/fault-plan.ts";
import { FaultedServer } from "./faulted-server.ts";

let server: FaultedServer;
beforeAll(async () => {
  server = await FaultedServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.admin("POST", "/reset");
});

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
    await server.plan({ kind, ...keys });
    expect(await server.curl()).toMatchObject({ exit, status });
    expect(await server.failure()).toBe(code);
    expect(await server.journal()).toEqual([
      [kept, "fault"],
      [kept, "fault"],
    ]);
  });

  it("reset brings as much of the body as was planned", async () => {
    await server.plan({ kind: "reset", after_bytes: 40 });
    const whole = '{"tasks":[{"id":"';
    expect((await server.curl()).body).toMatch(
      new RegExp(`^${whole.replaceAll(/[[{]/g, "\\$&")}.{${40 - whole.length}}$`),
    );
  });

  it("hang says nothing for as long as the client waits", async () => {
    await server.plan({ kind: "hang" });
    expect(await server.curl(0.2)).toEqual({ exit: 28, status: 0, body: "" });
    await server.until(() => !server.host.faults.isHolding);
    const client = new AbortController();
    const hanging = server.get(client.signal);
    await server.until(() => server.host.faults.isHolding);
    client.abort();
    await expect(hanging).rejects.toThrow("abort");
    await server.until(() => !server.host.faults.isHolding);
  });

  it("hang ends with its plan, and with the run of the world", async () => {
    for (const end of [
      () => server.admin("DELETE", "/faults/fault-1"),
      () => server.admin("POST", "/reset"),
    ]) {
      await server.plan({ kind: "hang" });
      const hanging = server.failure();
      await server.until(() => server.host.faults.isHolding);
      await end();
      expect(await hanging).toBe("UND_ERR_SOCKET");
    }
  });
});

describe("an answer that a fault spoils, seen by curl and by fetch", () => {
  it("delay takes its time and is the same answer", async () => {
    const plain = await server.get();
    await server.plan({ kind: "delay", time: { least: "20ms", most: "40ms" } });
    const late = await server.get();
    expect([late.status, late.text]).toEqual([200, plain.text]);
    expect(late.headers.get("x-mock-fault")).toBe("fault-1");
    expect(await server.curl()).toEqual({ exit: 0, status: 200, body: plain.text });
    await server.admin("DELETE", "/faults");
    await server.plan({ kind: "delay", time: "10m" });
    expect((await server.curl(0.2)).exit).toBe(28);
    await server.until(() => !server.host.faults.isHolding);
  });

  it.each([
    [{ status: 503 }, { message: expect.any(String), detail: expect.any(String) }],
    [{ status: 409, body: { message: "Taken." }, headers: { "Retry-After": "3" } }, { message: "Taken." }],
  ])("status %j", async (keys, body) => {
    await server.plan({ kind: "status", ...keys });
    const { status, headers, text } = await server.get();
    expect([status, JSON.parse(text)]).toEqual([keys.status, body]);
    expect(headers.get("retry-after")).toBe("headers" in keys ? "3" : null);
    expect(headers.get("x-mock-outcome")).toBe("fault");
    expect(await server.curl()).toEqual({ exit: 0, status: keys.status, body: text });
  });

  it("status with the page of a proxy", async () => {
    await server.plan({ kind: "status", status: 502, text: "<h1>Bad Gateway</h1>", media_type: "text/html" });
    const { status, headers, text } = await server.get();
    expect([status, headers.get("content-type"), text]).toEqual([
      502,
      "text/html; charset=utf-8",
      "<h1>Bad Gateway</h1>",
    ]);
    expect(await server.curl()).toEqual({ exit: 0, status, body: text });
  });

  it("dribble brings all of it in the end, and is cut when the world begins anew", async () => {
    const plain = await server.get();
    await server.plan({ kind: "dribble", bytes: 4_000, every: "1ms" });
    expect(await server.curl()).toEqual({ exit: 0, status: 200, body: plain.text });
    expect((await server.get()).text).toBe(plain.text);
    await server.admin("DELETE", "/faults");
    await server.plan({ kind: "dribble", bytes: 1, every: "10s" });
    const slow = server.failure();
    await server.until(() => server.host.faults.isHolding);
    await server.admin("POST", "/reset");
    expect(await slow).toBe("UND_ERR_SOCKET");
  });

  it("cut-json is a whole answer of half a text", async () => {
    const plain = await server.get();
    await server.plan({ kind: "cut-json" });
    const { status, headers, text } = await server.get();
    expect([status, headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    expect(plain.text.startsWith(text)).toBe(true);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(await server.curl()).toEqual({ exit: 0, status: 200, body: text });
  });

  it("wrong-content-type is the same text under another name", async () => {
    const plain = await server.get();
    await server.plan({ kind: "wrong-content-type", media_type: "application/xml" });
    const { headers, text } = await server.get();
    expect([headers.get("content-type"), text]).toEqual(["application/xml; charset=utf-8", plain.text]);
    expect(await server.curl()).toEqual({ exit: 0, status: 200, body: plain.text });
  });

  it("break-contract leaves out what the schema wants", async () => {
    await server.plan({ kind: "break-contract", pointer: "/tasks/0/id", change: "missing" });
    const { headers, text } = await server.get();
    expect(headers.get("x-mock-fault-place")).toBe("/tasks/0/id missing");
    expect(JSON.parse(text).tasks[0]).not.toHaveProperty("id");
    expect(await server.curl()).toEqual({ exit: 0, status: 200, body: text });
  });
});
