import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import type { FetchMockOptions } from "../../src/runtime/embedding/fetch-mock-options.ts";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";

const api = "https://coder.example/api/v2";

afterEach(() => vi.restoreAllMocks());

function openMock(options: FetchMockOptions = {}) {
  return openFetchMock({ url: "https://coder.example", clock: "manual", ...options }, { assets });
}

function as(token: string): Pick<RequestInit, "headers"> {
  return { headers: { "Coder-Session-Token": token } };
}

describe("a mock without a server", () => {
  it("takes a request, an address or a text, as fetch does, without its this", async () => {
    await using mock = await openMock();
    const { fetch } = mock;
    const token = as(mock.token("olga"));
    const address = `${api}/tasks/me/dark-mode`;
    const answers = await Promise.all([
      fetch(new Request(address, token)),
      fetch(new Request(address), token),
      fetch(new URL(address), token),
      fetch(address, token),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ name: "dark-mode" });
    }
    expect(await mock.requests.count({ operation: "get-ai-task-by-id-or-name" })).toBe(4);
  });

  it("keeps state between requests, and gives worlds addresses and tokens of their own", async () => {
    await using mock = await openMock();
    await using world = await mock.world({ scenario: "empty" });
    expect(world.url).toBe(`https://coder.example/w/${world.id}`);
    const [template] = await world.templates();
    const order = {
      template_version_id: template?.active_version_id,
      input: "Mend the footer.",
      name: "fix",
    };
    const headers = { ...as(world.token("olga")).headers, "Content-Type": "application/json" };
    const made = await mock.fetch(`${api}/tasks/me`, {
      method: "POST",
      headers,
      body: JSON.stringify(order),
    });
    expect(made.status).toBe(201);
    await world.clock.until({ task: "fix", status: "active" });
    const answer = await mock.fetch(`${world.url}/api/v2/tasks/me/fix`, as(world.token("olga")));
    expect(await answer.json()).toMatchObject({ name: "fix", status: "active" });
    expect((await mock.tasks()).tasks.map(({ name }) => name)).not.toContain("fix");
  });

  it("gives its links the scheme that it was asked with", async () => {
    await using mock = await openMock();
    const headers = { Authorization: `Bearer ${mock.adminToken}` };
    const answer = await mock.fetch(`${mock.adminUrl}/worlds/default`, { headers });
    expect(JSON.stringify(await answer.json())).toContain('"https://coder.example');
  });

  it("can be steered by whoever has its token, and by nobody else", async () => {
    await using mock = await openMock();
    await using other = await connectMockServer(mock.url, { adminToken: mock.adminToken, fetch: mock.fetch });
    expect((await other.task("dark-mode").get()).status).toBe("active");
    expect((await mock.fetch(`${mock.adminUrl}/state`)).status).toBe(401);
    await using chosen = await openMock({ adminToken: "let-me-in" });
    expect(chosen.adminToken).toBe("let-me-in");
  });

  it("says nothing, and opens no connection", async () => {
    const said = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write"));
    const network = vi.spyOn(globalThis, "fetch");
    await using mock = await openFetchMock({}, { assets });
    expect(mock.url).toBe("http://localhost");
    expect((await mock.fetch(`${mock.url}/api/v2/tasks`, as(mock.token("olga")))).status).toBe(200);
    for (const spy of [...said, network]) expect(spy).not.toHaveBeenCalled();
  });

  it("turns bad requests away as over a connection", async () => {
    await using mock = await openMock();
    const headers = { ...as(mock.token("olga")).headers, "Content-Type": "application/json" };
    const send = (body: string) =>
      mock.fetch(`${api}/tasks/me/dark-mode/send`, { method: "POST", headers, body });
    expect((await mock.fetch(`${api}/tasks`)).status).toBe(401);
    expect((await mock.fetch(`${api}/nothing`, { headers })).status).toBe(404);
    expect((await send('{"input": 5}')).status).toBe(400);
    expect((await send("{")).status).toBe(400);
    expect(await (await send("x".repeat(1_048_577))).text()).toContain("1048576");
    expect((await mock.violations.list()).total).toBeGreaterThan(1);
  });

  it("answers HEAD and 204 without a body, also where a fault is at work on it", async () => {
    await using mock = await openMock();
    const headers = { ...as(mock.token("olga")).headers, "Content-Type": "application/json" };
    expect((await mock.fetch(`${api}/tasks`, { method: "HEAD", headers })).body).toBe(null);
    await mock.faults.add({ fault: { kind: "dribble" } });
    const order = { method: "POST", headers, body: '{"input": "Go on."}' };
    const empty = await mock.fetch(`${api}/tasks/me/dark-mode/send`, order);
    expect([empty.status, empty.body]).toEqual([204, null]);
  });

  it("has server-sent events as a stream, until its reader has enough", async () => {
    await using mock = await openMock();
    const token = as(mock.token("olga"));
    const task = await mock.task("dark-mode").get();
    const answer = await mock.fetch(`${api}/workspaces/${task.workspace?.id}/watch`, token);
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
    await mock.task("dark-mode").app({ health: "unhealthy" });
    let text = "";
    while (!text.includes('"health":"unhealthy"')) {
      const { value, done } = await reader.read();
      expect(done).toBe(false);
      text += new TextDecoder().decode(value);
    }
    await reader.cancel();
  });

  it("has no WebSockets, and says so", async () => {
    await using mock = await openMock();
    const task = await mock.task("dark-mode").get();
    const answer = await mock.fetch(`${api}/workspaces/${task.workspace?.id}/watch-ws`, {
      headers: { ...as(mock.token("olga")).headers, Connection: "Upgrade", Upgrade: "websocket" },
    });
    expect(answer.status).toBe(426);
  });

  it("ends what is held and streamed when it is closed, and takes nothing behind it", async () => {
    const mock = await openMock();
    const task = await mock.task("dark-mode").get();
    const token = as(mock.token("olga"));
    const stream = await mock.fetch(`${api}/workspaces/${task.workspace?.id}/watch`, token);
    const held = expect(mock.task("dark-mode").wait({ deleted: true })).rejects.toMatchObject({
      code: "stopping",
    });
    await mock.clock.now();
    await Promise.all([mock.close(), mock.close()]);
    await held;
    await stream.text();
    await expect(mock.fetch(`${api}/tasks`)).rejects.toMatchObject({ code: "closed" });
    await expect(mock.info()).rejects.toMatchObject({ code: "closed" });
  });

  it("writes reports and heeds gates at its end", async () => {
    const folder = mkdtempSync(join(tmpdir(), "reports-"));
    try {
      const mock = await openMock({ reportDir: folder, failOnViolations: true });
      await mock.fetch(`${api}/tasks?q=5&q=6&unknown=7`, as(mock.token("olga")));
      const headers = { ...as(mock.token("olga")).headers, "Content-Type": "application/json" };
      const order = { method: "POST", headers, body: '{"input": 5}' };
      await mock.fetch(`${api}/tasks/me/dark-mode/send`, order);
      await expect(mock.close()).rejects.toMatchObject({ code: "gate" });
      expect(readdirSync(folder)).toContain("violations.json");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ["a port", { port: 8080 }, "A mock without a server takes no port."],
    [
      "a host and a port",
      { host: "::1", port: 0 },
      "takes no port and no host. Name the API's address with url",
    ],
    ["a path in its address", { url: "https://coder.example/deep" }, "expected scheme, host and port"],
    ["an address that is none", { url: "coder.example" }, 'url is "coder.example"; expected'],
    ["another scheme", { url: "ws://coder.example" }, "expected scheme, host and port"],
    ["an unknown option", { scenaro: "empty" }, "There is no option scenaro."],
    ["an unknown scenario", { scenario: "nowhere" }, 'There is no scenario "nowhere".'],
    ["a folder that cannot be", { reportDir: "package.json/reports" }, "reportDir is"],
  ])("is not made with %s, and says how to mend it", async (_, options, message) => {
    const opening = openMock(options);
    await expect(opening).rejects.toMatchObject({ name: "MockError", code: "start" });
    await expect(opening).rejects.toThrow(message);
  });
});
