import { describe, expect, it } from "vitest";
import { HttpClient } from "../support/http-client.ts";
import { serveMock } from "../support/served-mock.ts";
import { SocketClient } from "../support/socket-client.ts";
import { handshake, RawConnection, token } from "./raw-connection.ts";

/** Sends a request as it is, and gives all that comes back until the connection ends. */
async function exchange(url: string, lines: readonly string[], body = ""): Promise<string> {
  await using client = await RawConnection.open(url);
  client.send(`${lines.join("\r\n")}\r\n\r\n${body}`);
  return await client.ended();
}

const list = ["GET /api/v2/tasks HTTP/1.1", "Host: mock.internal"];

describe("a request that wants to upgrade its connection", () => {
  it.each([
    ["to HTTP/2", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"],
    ["to WebSocket, though it has a body", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
  ])("%s is answered as if it did not, with all of its body", async (_, ...wish) => {
    await using served = await serveMock();
    const body = JSON.stringify({ input: 7, name: "x".repeat(100_000) });
    const answer = await exchange(
      served.url,
      [
        "POST /api/v2/tasks/me HTTP/1.1",
        "Host: localhost",
        "Connection: Upgrade, HTTP2-Settings, close",
        ...wish,
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
        token,
      ],
      body,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"field":"body/input"');
  });

  it("is answered plainly by an operation that knows no WebSocket, and the connection ends", async () => {
    await using served = await serveMock();
    const answer = await exchange(served.url, [...list, ...handshake]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"tasks":[');
    expect(answer).toContain("\r\nConnection: close\r\n");
  });

  it.each([
    ["from a page of this machine", "http://localhost:5173", "200"],
    ["from a page of the mock's own address", "http://mock.internal", "200"],
    ["from a page elsewhere", "https://elsewhere.example", "403"],
  ])("%s is answered with what --cors says: %s %s", async (_, origin, status) => {
    await using served = await serveMock();
    const answer = await exchange(served.url, [...list, ...handshake, `Origin: ${origin}`]);
    expect(answer.slice(9, 12)).toBe(status);
  });

  it.each([
    ["without a key", handshake.filter((line) => !line.includes("Key"))],
    ["with a key that is none", handshake.map((line) => line.replace("dGhlIHN", "?"))],
    ["with a version that nobody speaks", handshake.map((line) => line.replace("13", "7"))],
    ["for protocols without names", [...handshake, "Sec-WebSocket-Protocol: one,,two"]],
  ])("%s gets 400 as from any operation, in the journal, too, and the server goes on", async (_, lines) => {
    await using served = await serveMock();
    const workspace = await firstWorkspace(served.url);
    const path = `/api/v2/workspaces/${workspace}/watch-ws`;
    const answer = await exchange(served.url, [`GET ${path} HTTP/1.1`, "Host: localhost", ...lines]);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head).toMatch(/^X-Mock-Outcome: refused$/m);
    expect(head).toMatch(/^Sec-WebSocket-Version: 13$/m);
    expect(JSON.parse(body)).toEqual({
      message: expect.stringContaining("handshake"),
      detail: expect.stringContaining("Sec-WebSocket-Key"),
    });
    expect(served.mock.host.journal.list()).toMatchObject([{ path, status: 400, outcome: "refused" }, {}]);
    expect(await firstWorkspace(served.url)).toBe(workspace);
  });

  it("without a key is answered plainly by an operation that knows no WebSocket", async () => {
    await using served = await serveMock();
    const lines = handshake.filter((line) => !line.includes("Key"));
    expect(await exchange(served.url, [...list, ...lines])).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it.each(["watch-ws", "watch"])(
    "can get something that is not HTTP in place of a stream: %s",
    async (what) => {
      await using served = await serveMock();
      const client = new HttpClient(served.url);
      const path = `/api/v2/workspaces/${await firstWorkspace(served.url)}/${what}`;
      const planned = { name: "other", match: { path }, fault: { kind: "not-http" } };
      await client.call({ method: "POST", path: "/__admin/faults", body: planned });
      const headers = what === "watch" ? [token] : handshake;
      expect(await exchange(served.url, [`GET ${path} HTTP/1.1`, "Host: localhost", ...headers])).toBe(
        "This is not HTTP.\r\n",
      );
      const { body } = await client.call({ method: "GET", path: "/__admin/faults/other" });
      expect(body).toMatchObject({ seen: 1, hits: 1 });
      client.close();
    },
  );

  it("can be met by a planned fault", async () => {
    await using served = await serveMock();
    const client = new HttpClient(served.url);
    const workspace = await firstWorkspace(served.url);
    const path = `/api/v2/workspaces/${workspace}/watch-ws`;
    for (const fault of [{ kind: "status", status: 401 }, { kind: "empty" }, { kind: "reset" }]) {
      const body = { match: { path }, when: { first: 1 }, fault };
      expect((await client.call({ method: "POST", path: "/__admin/faults", body })).status).toBe(201);
      const opened = SocketClient.open(`${served.url}${path}`, { "Coder-Session-Token": "API_KEY" });
      await expect(opened).rejects.toThrow(fault.kind === "status" ? "401" : /socket hang up|ECONNRESET/);
    }
    client.close();
  });
});

describe("a WebSocket", () => {
  it("is closed when its client says more than a listener has to say", async () => {
    await using served = await serveMock();
    const path = `/api/v2/workspaces/${await firstWorkspace(served.url)}/watch-ws`;
    await using socket = await SocketClient.open(`${served.url}${path}`, {
      "Coder-Session-Token": "API_KEY",
    });
    socket.send("x".repeat(4_096));
    await socket.has(1);
    socket.send("x".repeat(4_097));
    expect(await socket.closed()).toBe(1009);
  });

  it("is closed with the same code when its client says a great deal more", async () => {
    await using served = await serveMock();
    const path = `/api/v2/workspaces/${await firstWorkspace(served.url)}/watch-ws`;
    await using socket = await SocketClient.open(`${served.url}${path}`, {
      "Coder-Session-Token": "API_KEY",
    });
    socket.send("x".repeat(20_000_000));
    expect(await socket.closed()).toBe(1009);
  });
});

async function firstWorkspace(url: string): Promise<string> {
  const client = new HttpClient(url);
  const headers = { "Coder-Session-Token": "API_KEY" };
  const { body } = await client.call({ method: "GET", path: "/api/v2/tasks", headers });
  client.close();
  return body.tasks[0].workspace_id.uuid;
}
