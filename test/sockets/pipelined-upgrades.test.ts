import { describe, expect, it } from "vitest";
import { FaultedServer } from "../http/faulted-server.ts";
import { serveMock } from "../support/served-mock.ts";
import { get, h2c, handshake, RawConnection, token } from "./raw-connection.ts";

const info = "/api/v2/buildinfo";
const plain = get(info, [token]);
const wishing = get(info, h2c);
const last = get(info, [token, "Connection: close"]);

/** The statuses of what comes for bytes that are sent at once, until the server ends the connection. */
async function statusesOf(url: string, requests: string): Promise<readonly string[]> {
  await using client = await RawConnection.open(url);
  client.send(requests);
  return (await client.ended()).match(/HTTP\/1\.1 \d{3}/g) ?? [];
}

describe("a request that wants to upgrade its connection, sent before the one ahead of it is answered", () => {
  it.each([
    ["a WebSocket that comes to a plain answer", [plain, get(info, handshake)]],
    ["a WebSocket behind several", [plain, plain, plain, get(info, handshake)]],
    ["HTTP/2", [plain, wishing, last]],
    ["HTTP/2 twice", [wishing, wishing, last]],
    ["first HTTP/2, then a WebSocket", [wishing, plain, get(info, handshake)]],
  ])("is answered in its turn: %s", async (_, requests) => {
    await using served = await serveMock({ "log-level": "debug" });
    const statuses = await statusesOf(served.url, requests.join(""));
    expect(statuses).toEqual(requests.map(() => "HTTP/1.1 200"));
    expect(served.log.filter((line) => /error/i.test(line))).toEqual([]);
  });

  it("becomes a WebSocket behind a plain answer", async () => {
    await using served = await serveMock();
    const [workspace] = [...served.mock.host.world.tables.workspaces.values()];
    await using client = await RawConnection.open(served.url);
    client.send(plain + get(`/api/v2/workspaces/${workspace?.id}/watch-ws`, handshake));
    await client.has('{"type":"data"');
    expect(client.text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 101"]);
  });

  it("is dropped where the one ahead of it ends the connection", async () => {
    await using server = await FaultedServer.start();
    await server.plan({ kind: "hang" }, { first: 1 });
    await using client = await RawConnection.open(server.url);
    client.send(get("/api/v2/tasks", [token]) + get("/api/v2/tasks", handshake));
    await server.until(() => server.host.faults.isHolding);
    await server.admin("DELETE", "/faults");
    expect(await client.ended()).toBe("");
    expect(await server.journal()).toEqual([[0, "fault"]]);
  });
});

it("a connection may ask for HTTP/2 with each of many requests, and nothing piles up on it", async () => {
  await using served = await serveMock();
  const warnings: string[] = [];
  const warn = ({ name }: Error) => warnings.push(name);
  process.on("warning", warn);
  const statuses = await statusesOf(served.url, wishing.repeat(30) + last);
  process.off("warning", warn);
  expect(statuses).toHaveLength(31);
  expect(warnings).toEqual([]);
});
