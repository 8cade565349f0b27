import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/runtime/config.ts";
import { type RunningServer, startServer } from "../../src/runtime/server/start-server.ts";
import { assets } from "../support/assets.ts";

let server: RunningServer;
const log: string[] = [];
beforeAll(async () => {
  const read = readConfig({ flags: { clock: "manual", port: "0", "log-level": "debug" }, environment: {} });
  if (!read.ok) throw new Error(read.complaints.join("\n"));
  server = await startServer(read.config, { assets, write: (line) => log.push(line) });
});
afterAll(() => server.close());

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Sends bytes as they are and gives all that comes back until the server ends the connection. */
async function exchange(bytes: string | Buffer): Promise<string> {
  const socket = await open();
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

const lines = (...head: readonly string[]) =>
  `${[...head, "Connection: close", "Host: mock"].join("\r\n")}\r\n\r\n`;
const token = "Coder-Session-Token: API_KEY";

describe("on the wire", () => {
  it.each<[what: string, bytes: string | Buffer, status: number]>([
    ["the beginning of a TLS session", Buffer.from("16030100ff010000fb0303", "hex"), 400],
    ["words", "hello?\r\n\r\n", 400],
    ["bytes above ASCII in the target", Buffer.from("GET /\xff\xfe HTTP/1.1\r\n\r\n", "latin1"), 400],
    ["a header without end", `GET / HTTP/1.1\r\nHost: mock\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`, 431],
  ])("%s is no request and answered in the API's envelope", async (_, bytes, status) => {
    const [head = "", body = ""] = (await exchange(bytes)).split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^Content-Type: application\/json; charset=utf-8$/m);
    expect(head).toMatch(/^Connection: close$/m);
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toEqual({ message: expect.stringMatching(/HTTP|header/) });
  });

  it("a target with scheme and host, as proxies get it, means its path", async () => {
    const full = await exchange(
      lines("GET http://coder-server:8080/api/v2/tasks?q=status:paused HTTP/1.1", token),
    );
    expect(full).toMatch(/^HTTP\/1.1 200 /);
    expect(full).toContain('"count":2}');
    expect(await exchange(lines("GET http://coder-server:8080 HTTP/1.1"))).toMatch(/^HTTP\/1.1 200 /);
    expect(await exchange(lines("GET http://coder-server:8080/__admin/nothing HTTP/1.1"))).toMatch(
      /^HTTP\/1.1 40[34] /,
    );
  });

  it("other targets without a path are no route", async () => {
    expect(await exchange(lines("OPTIONS * HTTP/1.1"))).toMatch(/^HTTP\/1.1 404 /);
  });

  it("a body in chunks is read like any other", async () => {
    const head = lines(
      "PATCH /api/v2/tasks/me/cache-headers/input HTTP/1.1",
      token,
      "Content-Type: application/json",
      "Transfer-Encoding: chunked",
    );
    expect(await exchange(`${head}8\r\n{"input"\r\n4\r\n:"a"\r\n1\r\n}\r\n0\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 204 /,
    );
  });

  it("several requests on one connection are answered in order", async () => {
    const first = `GET /api/v2/tasks/me/dark-mode HTTP/1.1\r\nHost: mock\r\n${token}\r\n\r\n`;
    const bad = "POST /api/v2/tasks/me HTTP/1.1\r\nHost: mock\r\nContent-Length: 3\r\n\r\n{{{";
    const answers = await exchange(first + bad + lines("DELETE /api/v2/tasks HTTP/1.1"));
    expect(answers.match(/^HTTP\/1.1 \d{3}/gm)).toEqual(["HTTP/1.1 200", "HTTP/1.1 401", "HTTP/1.1 405"]);
  });

  it("a client that goes away in the middle of its body is no error of ours", async () => {
    // Express keeps silent about errors in its environment "test" only.
    server.mock.app.set("env", "development");
    const complaint = vi.spyOn(console, "error").mockReturnValue();
    const upload = `POST /api/v2/tasks/me HTTP/1.1\r\nHost: mock\r\n${token}\r\nContent-Length: 100\r\n\r\n{"input"`;
    const half = await open();
    half.end(upload);
    await once(half.resume(), "close");
    const gone = await open();
    gone.write(upload, () => gone.resetAndDestroy());
    await once(gone, "close");
    expect(await exchange(lines("GET /api/v2/tasks HTTP/1.1", token))).toMatch(/^HTTP\/1.1 200 /);
    expect([...complaint.mock.calls, ...log.filter((line) => /abort|bug/i.test(line))]).toEqual([]);
    complaint.mockRestore();
  });
});
