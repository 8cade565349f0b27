import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Trace } from "../../src/engine/trace.ts";
import type { WorldHost } from "../../src/engine/worlds/world-host.ts";
import { readConfig } from "../../src/runtime/config.ts";
import { type RunningServer, startServer } from "../../src/runtime/server/start-server.ts";
import { assets } from "../support/assets.ts";

const servers: RunningServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(flags: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const sources = { flags: { clock: "manual", port: "0", ...flags }, environment: {} };
  const read = readConfig(sources);
  if (!read.ok) throw new Error(read.complaints.join("\n"));
  const server = await startServer(read.config, { assets, write: () => undefined });
  servers.push(server);
  return server;
}

function post(server: RunningServer, path: string, body: object): Promise<Response> {
  return fetch(`${server.url}/__admin${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Resolves once a world is as wanted; each look is a request that the server has answered. */
async function until({ url }: RunningServer, isThere: () => boolean): Promise<void> {
  while (!isThere()) await (await fetch(`${url}/__admin/health`)).text();
}

/** Reads a stream until it has said something. */
async function readUntil(stream: Response, wanted: string): Promise<string> {
  const reader = stream.body?.getReader();
  if (reader === undefined) throw new Error("The answer has no body.");
  const decoder = new TextDecoder();
  for (let text = ""; ; ) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: true });
    if (text.includes(wanted)) {
      reader.releaseLock();
      return text;
    }
    if (done) throw new Error(`The stream ended without ${JSON.stringify(wanted)}:\n${text}`);
  }
}

const paused = { status: "paused" };

describe("over HTTP", () => {
  it("an answer is held on one connection until another brings about what it waits for", async () => {
    const server = await serve();
    const { host } = server.mock;
    await post(server, "/tasks/dark-mode/build", { transition: "stop" });
    const waiting = post(server, "/tasks/dark-mode/wait", paused);
    await until(server, () => host.holds.size === 1);
    await post(server, "/clock/advance", { by: "30s" });
    const answer = await waiting;
    expect([answer.status, await answer.json()]).toMatchObject([200, { name: "dark-mode", ...paused }]);
  });

  it("a wait ends with the connection of its client", async () => {
    const server = await serve();
    const { host } = server.mock;
    const client = new AbortController();
    const waiting = fetch(`${server.url}/__admin/tasks/dark-mode/wait`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...paused, timeout: "10m" }),
      signal: client.signal,
    });
    await until(server, () => host.holds.size === 1);
    client.abort();
    await expect(waiting).rejects.toThrow();
    await until(server, () => host.holds.size === 0);
  });

  it("a task gets there by time alone while nobody asks", async () => {
    const server = await serve({ clock: "real", speed: "10000" });
    await post(server, "/tasks/dark-mode/build", { transition: "stop" });
    const answer = await post(server, "/tasks/dark-mode/wait", paused);
    expect([answer.status, await answer.json()]).toMatchObject([200, paused]);
  });

  it("events come as they happen, and a client that reads gets all of many", async () => {
    const server = await serve();
    const { host } = server.mock;
    const stream = await fetch(`${server.url}/__admin/events`);
    expect([stream.status, stream.headers.get("content-type"), stream.headers.get("cache-control")]).toEqual([
      200,
      "text/event-stream",
      "no-store",
    ]);
    for (let epoch = 1; epoch <= 10_000; epoch++) host.tell({ kind: "reset", epoch, cause: "reset" });
    const text = await readUntil(stream, "id: 10000\n");
    expect(text.match(/^event: reset$/gm)).toHaveLength(10_000);
    await stream.body?.cancel();
    await until(server, () => host.events.listeners === 0);
  });

  it("a client that goes away is forgotten", async () => {
    const server = await serve();
    const { host } = server.mock;
    const leaving = new AbortController();
    const stream = await fetch(`${server.url}/__admin/events`, { signal: leaving.signal });
    await readUntil(stream, ": listening");
    expect(host.events.listeners).toBe(1);
    leaving.abort();
    await until(server, () => host.events.listeners === 0);
  });

  it("a client that takes nothing in loses its connection and not the mock's memory", async () => {
    const server = await serve();
    const { host } = server.mock;
    const socket = await deaf(server, host);
    const path = `/${"x".repeat(10_000)}`;
    for (let epoch = 1; epoch <= 2_000; epoch++) tellOfRequest(host, path);
    await until(server, () => host.events.listeners === 0);
    socket.destroy();
  });
});

/** A client that opens a stream and does not read it. */
async function deaf(server: RunningServer, host: WorldHost): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  socket.pause();
  socket.write("GET /__admin/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(server, () => host.events.listeners === 1);
  return socket;
}

function tellOfRequest(host: WorldHost, path: string): void {
  const request = { id: "1", at: host.world.now, method: "GET", path, status: 404 } as const;
  const exchange = {
    ...request,
    operation: undefined,
    outcome: "no-match",
    violations: [],
    search: "",
    requestHeaders: {},
    responseHeaders: {},
    trace: new Trace(() => 0),
  } as const;
  host.tell({ kind: "exchange", exchange });
}

describe("a mock that stops", () => {
  it("lets held answers and streams go, of every world, and ends", async () => {
    const server = await serve();
    const { host, worlds } = server.mock;
    await post(server, "/worlds", { id: "other" });
    const other = worlds.get("other");
    const waits = [
      post(server, "/tasks/dark-mode/wait", paused),
      post(server, "/tasks/dark-mode/wait?world=other", paused),
      post(server, "/requests/wait", { match: { status: 500 } }),
    ];
    const streams = await Promise.all(
      ["", "?world=other", "?scope=all"].map((query) => fetch(`${server.url}/__admin/events${query}`)),
    );
    await until(server, () => host.holds.size === 2 && other?.holds.size === 1);
    await server.close();
    servers.splice(0);
    const answers = await Promise.all(waits);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    for (const stream of streams) expect(await stream.text()).toMatch(/^: listening\n/);
  });
});
