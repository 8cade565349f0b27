import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ConnectOptions, connectMockServer } from "../../src/client/connect-mock-server.ts";
import { startEmbedded } from "./two-ways.ts";

afterEach(() => vi.unstubAllGlobals());

/** A server that is no mock. It ends with its scope. */
async function other(listener: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("connecting", () => {
  it.each(["{}", "[]", "null", "7", '{"id": "default"}', '{"id": "default", "tokens": []}'])(
    "to something that answers with %s is no success, and says what answered",
    async (body) => {
      await using server = await other((_, response) => response.end(body));
      const connecting = connectMockServer(server.url);
      await expect(connecting).rejects.toMatchObject({ name: "MockError", code: "unexpected-answer" });
      await expect(connecting).rejects.toThrow(
        `At ${server.url} there is something that is no mock: it answered with ${JSON.stringify(JSON.parse(body))}, which is no world.`,
      );
    },
  );

  it.each(["Route not found.", "Not Found"])(
    "to a deployment, which answers that there is %j, is no success either",
    async (message) => {
      await using server = await other((_, response) =>
        response.writeHead(404).end(JSON.stringify({ message })),
      );
      const connecting = connectMockServer(server.url);
      await expect(connecting).rejects.toMatchObject({ code: "unexpected-answer" });
      await expect(connecting).rejects.toThrow(`with 404: ${message}`);
    },
  );

  it.each(['{"message": "No.", "validations": {}}', '{"message": 5}'])(
    "to something that refuses with %s says that it is no mock",
    async (body) => {
      await using server = await other((_, response) => response.writeHead(400).end(body));
      await expect(connectMockServer(server.url)).rejects.toMatchObject({ code: "unexpected-answer" });
    },
  );

  it.each<readonly [string, RequestListener]>([
    ["never answers", () => undefined],
    ["never ends its answer", (_, response) => response.write("{")],
  ])("to something that %s ends in time", async (_, listener) => {
    await using server = await other(listener);
    const connecting = connectMockServer(server.url, { timeout: 50 });
    await expect(connecting).rejects.toMatchObject({ name: "MockError", code: "unreachable" });
    await expect(connecting).rejects.toThrow("within 50 ms there was no answer");
  });

  it("with a fetch that never answers ends in time", async () => {
    const connecting = connectMockServer("http://mock.example", {
      timeout: 1,
      fetch: () => new Promise(() => undefined),
    });
    await expect(connecting).rejects.toMatchObject({ code: "unreachable" });
  });

  it("to something whose answer breaks off says so", async () => {
    await using server = await other((_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("{");
      setImmediate(() => response.destroy());
    });
    const connecting = connectMockServer(server.url);
    await expect(connecting).rejects.toMatchObject({ name: "MockError", code: "unreachable" });
    await expect(connecting).rejects.toThrow("the answer broke off");
  });

  it.each<readonly [string, string]>([
    ["http://127.0.0.1:8080?x=1", 'no query and no fragment; expected "http://127.0.0.1:8080".'],
    ["http://127.0.0.1:8080/?", 'no query and no fragment; expected "http://127.0.0.1:8080".'],
    ["http://127.0.0.1:8080/mock#top", 'no query and no fragment; expected "http://127.0.0.1:8080/mock".'],
    [
      "http://olga:secret@127.0.0.1:8080/",
      'no name and no password in it; expected "http://127.0.0.1:8080".',
    ],
  ])("to %s is a bad call", async (address, message) => {
    const connecting = connectMockServer(address);
    await expect(connecting).rejects.toMatchObject({ name: "MockError", code: "bad-call" });
    await expect(connecting).rejects.toThrow(message);
    await expect(connecting).rejects.not.toThrow("secret");
  });

  it.each<readonly [string, string]>([
    ["null", "connectMockServer(url, options) takes an object with options, not null."],
    ['{"timeout": 0}', "timeout is 0; expected milliseconds"],
    ['{"timeout": "1s"}', 'timeout is "1s"; expected milliseconds'],
    ['{"adminToken": "one\\ntwo"}', "adminToken cannot go through a header"],
    ['{"adminToken": "жетон"}', "adminToken cannot go through a header"],
    ['{"adminToken": 5}', "adminToken cannot go through a header"],
  ])("with %s is a bad call", async (text, message) => {
    const options: ConnectOptions = JSON.parse(text);
    const connecting = connectMockServer("http://127.0.0.1:1", options);
    await expect(connecting).rejects.toMatchObject({ name: "MockError", code: "bad-call" });
    await expect(connecting).rejects.toThrow(message);
  });

  it("keeps the fetch that there was, whatever a test puts in its place", async () => {
    await using server = await startEmbedded();
    await using mock = await connectMockServer(server.url);
    vi.stubGlobal("fetch", () => Promise.reject(new Error("No network here.")));
    expect((await mock.task("dark-mode").get()).status).toBe("active");
  });

  it("to a mock without an admin API says how it was started", async () => {
    await using server = await startEmbedded({ noAdmin: true });
    const calls = [
      () => connectMockServer(server.url),
      () => server.task("dark-mode").app({ health: "unhealthy" }),
      () => server.world(),
    ];
    for (const make of calls) {
      const call = make();
      await expect(call).rejects.toMatchObject({ code: "not-found", status: 404 });
      await expect(call).rejects.toThrow("was started with noAdmin, on the command line --no-admin");
    }
  });
});
