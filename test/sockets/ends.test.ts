import { describe, expect, it } from "vitest";
import { FaultedServer } from "../http/faulted-server.ts";
import { get, handshake, RawConnection, token } from "./raw-connection.ts";

const faults = [{ kind: "hang" }, { kind: "delay", time: "10m" }];

describe("the end of the mock", () => {
  it.each(faults)("does not wait for handshakes that come with it and meet the fault %j", async (fault) => {
    await using server = await FaultedServer.start();
    await server.plan(fault);
    const clients = await Promise.all(Array.from({ length: 5 }, () => RawConnection.open(server.url)));
    // An answer over a later connection: the server has those before it.
    await server.admin("GET", "/health");
    const ending = server[Symbol.asyncDispose]();
    for (const client of clients) client.send(get("/api/v2/tasks", handshake));
    await ending;
    for (const client of clients) expect(await client.ended()).not.toMatch(/^HTTP\/1\.1 (?:101|200)/);
  });

  it("does not wait for a client that asked for a WebSocket, got a plain answer and does not read it", async () => {
    await using server = await FaultedServer.start();
    const input = "y".repeat(900_000);
    const version = [...server.host.world.tables.templates.values()][0]?.activeVersionId;
    for (let task = 0; task < 14; task++) {
      const body = JSON.stringify({ template_version_id: version, input, name: `long-${task}` });
      const headers = { "content-type": "application/json", "coder-session-token": "API_KEY" };
      const made = await fetch(`${server.url}/api/v2/tasks/me`, { method: "POST", headers, body });
      expect(made.status).toBe(201);
    }
    await using client = await RawConnection.open(server.url, { reading: false });
    client.send(get("/api/v2/tasks", handshake));
    await server.until(() => server.host.journal.list().some(({ path }) => path === "/api/v2/tasks"));
    await server[Symbol.asyncDispose]();
  });
});

describe("a client that leaves while a fault holds its handshake", () => {
  it.each(
    faults.flatMap((fault) =>
      (["end", "destroy", "resetAndDestroy"] as const).map((leave) => ({ fault, leave })),
    ),
  )("is noticed, whatever the fault and however it leaves: %j", async ({ fault, leave }) => {
    await using server = await FaultedServer.start();
    await server.plan(fault);
    await using client = await RawConnection.open(server.url);
    client.send(get("/api/v2/tasks", handshake));
    await server.until(() => server.host.faults.isHolding);
    client.socket[leave]();
    await server.until(() => !server.host.faults.isHolding);
    await client.ended();
  });

  it("is noticed behind a request that is held, too", async () => {
    await using server = await FaultedServer.start();
    await server.plan({ kind: "hang" });
    await using client = await RawConnection.open(server.url);
    client.send(`${get("/api/v2/tasks", [token])}${get("/api/v2/tasks", handshake)}`);
    await server.until(() => server.host.faults.isHolding);
    client.socket.end();
    await server.until(() => !server.host.faults.isHolding);
  });
});

describe("what a client says before its handshake is answered", () => {
  it("is kept for the WebSocket", async () => {
    await using server = await FaultedServer.start();
    const [workspace] = [...server.host.world.tables.workspaces.values()];
    await server.plan({ kind: "delay", time: "10m" });
    await using client = await RawConnection.open(server.url);
    const ping = Uint8Array.of(0x89, 0x81, 0, 0, 0, 0, 0x41);
    client.send(get(`/api/v2/workspaces/${workspace?.id}/watch-ws`, handshake));
    client.send(ping);
    await server.until(() => server.host.faults.isHolding);
    client.send(ping);
    await server.admin("DELETE", "/faults");
    await client.has("HTTP/1.1 101 ");
    // Two pongs, each with the byte that came in the ping.
    await client.has("\x8a\x01A\x8a\x01A");
  });
});
