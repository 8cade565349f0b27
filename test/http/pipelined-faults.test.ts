import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FaultedServer } from "./faulted-server.ts";

let server: FaultedServer;
beforeAll(async () => {
  server = await FaultedServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.admin("POST", "/reset");
});

/** All that comes on one connection for requests that are sent at once, until the server ends it. */
function pipelined(requests: number): Promise<string> {
  const request = "GET /api/v2/tasks HTTP/1.1\r\nHost: localhost\r\nCoder-Session-Token: API_KEY\r\n\r\n";
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
      socket.write(request.repeat(requests));
    });
    socket.setEncoding("latin1").on("data", (part) => {
      text += part;
    });
    // What breaks the connection is part of the plan.
    socket.on("error", () => undefined).on("close", () => resolve(text));
  });
}

describe("a fault of a request that was sent before the one ahead of it was answered", () => {
  beforeEach(() => server.plan({ kind: "delay", time: "20ms" }, { nth: 1 }));

  it.each([
    [{ kind: "reset", after_bytes: 5 }, /\}\nHTTP\/1\.1 200 OK\r\n[^{]*\{"tas$/],
    [{ kind: "empty" }, /\}\n$/],
    [{ kind: "truncate", bytes: 5 }, /\}\nHTTP\/1\.1 200 OK\r\n[^{]*\{"tas$/],
    [{ kind: "malformed-chunk" }, /\}\nHTTP\/1\.1 200 OK\r\n[^{]*\r\nZZZ\r\n\{"tasks"/],
    [{ kind: "not-http" }, /\}\nThis is not HTTP\.\r\n$/],
  ])("%j comes behind that answer", async (fault, end) => {
    await server.plan(fault, { nth: 2 });
    expect(await pipelined(2)).toMatch(end);
  });

  it("reset ends the connection, whatever of that answer has come", async () => {
    await server.plan({ kind: "reset" }, { nth: 2 });
    expect((await pipelined(2)).match(/HTTP/g) ?? []).not.toHaveLength(2);
  });

  it("hang keeps the connection open behind that answer until its plan is removed", async () => {
    await server.plan({ kind: "hang" }, { nth: 2 });
    const text = pipelined(2);
    await server.until(async () => (await server.journal()).length === 2 && server.host.faults.isHolding);
    await server.admin("DELETE", "/faults");
    expect(await text).toMatch(/^HTTP\/1\.1 200 OK[^{]*\{"tasks".*\}\n$/s);
  });
});
