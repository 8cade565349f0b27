import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FaultedServer, token } from "./faulted-server.ts";

let server: FaultedServer;
beforeAll(async () => {
  server = await FaultedServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.admin("POST", "/reset");
});

describe("a request that is held up", () => {
  const create = (world: string) => {
    const version = [...server.host.world.tables.templates.values()][0]?.activeVersionId;
    return fetch(`${server.url}${world}/api/v2/tasks/me`, {
      method: "POST",
      headers: { "content-type": "application/json", ...token },
      body: JSON.stringify({ template_version_id: version, input: "Too late", name: "too-late" }),
    });
  };

  it("is answered with 503 when the world begins anew, and has done nothing", async () => {
    await server.plan({ kind: "delay", time: "10m" });
    const held = create("");
    await server.until(() => server.host.faults.isHolding);
    await server.admin("POST", "/reset");
    const answer = await held;
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { message: expect.stringContaining("began anew"), detail: "The request was not carried out." },
    ]);
    expect((await server.get()).text).not.toContain("too-late");
    expect(await server.journal()).toEqual([[200, "handled"]]);
  });

  it("is dropped when its client goes away, and has done nothing", async () => {
    await server.plan({ kind: "delay", time: "10m" });
    const client = new AbortController();
    const held = server.get(client.signal);
    await server.until(() => server.host.faults.isHolding);
    client.abort();
    await expect(held).rejects.toThrow("abort");
    await server.until(() => !server.host.faults.isHolding);
    expect(await server.journal()).toEqual([[0, "fault"]]);
  });

  it("does not hold up the end of the mock", async () => {
    await using other = await FaultedServer.start();
    await other.plan({ kind: "delay", time: "10m" }, { first: 1 });
    await other.plan({ kind: "hang" }, { nth: 2 });
    const held = other.get();
    await other.until(() => other.host.faults.isHolding);
    // Expected before it happens: a rejection that nobody waits for yet is an error of the whole run.
    const cut = expect(other.get()).rejects.toThrow("fetch failed");
    await other.until(() => other.host.journal.list().length === 1);
    await other[Symbol.asyncDispose]();
    expect((await held).status).toBe(503);
    await cut;
  });
});
