import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleProgram, type Program } from "../support/bundled-program.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

let program: Program;
beforeAll(async () => {
  program = await bundleProgram();
});

const children: ChildProcess[] = [];
afterAll(() => {
  program.remove();
  // A test that failed half way leaves its program behind.
  for (const child of children) child.kill("SIGKILL");
});

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [program.file, ...args], {
    cwd: root,
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]).then(
    ([out, err, [code, signal]]) => ({ code, signal, out, err }),
  );
  return { child, ended };
}

/** Waits until the banner tells the URL. */
async function urlOf({ child, ended }: Running): Promise<URL> {
  const listening = new Promise<URL>((resolve) => {
    let told = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      told += chunk.toString();
      const url = /http:\/\/[\d.]+:\d+(?=[^\d])/.exec(told)?.[0];
      if (url !== undefined) resolve(new URL(url));
    });
  });
  const failed = ended.then(({ code, err }) => Promise.reject(new Error(`It ended with ${code}: ${err}`)));
  return await Promise.race([listening, failed]);
}

async function opened(url: URL): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, "connect");
  return socket;
}

/** Resolves when the connection is gone, whichever way. */
function ending(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on("error", () => socket.destroy()).on("close", () => resolve());
  });
}

/** Resolves when the server takes no more connections. */
async function untilClosed(url: URL): Promise<void> {
  for (;;) {
    const isOpen = await opened(url).then(
      (socket) => socket.destroy(),
      () => undefined,
    );
    if (isOpen === undefined) return;
  }
}

// Starting from the sources takes a second, on a busy machine a few.
describe.concurrent("the program", { timeout: 30_000 }, () => {
  it("says in one line that the port is in use, and how to mend it", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, out, err } = await start(["--port", String(port)]).ended;
    other.close();
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe(
      `Port ${port} on 127.0.0.1 is in use; choose another with --port, or --port 0 for any free one.\n`,
    );
  });

  // By itself, because half a second after it was told to stop the program cuts what is still under way.
  it.sequential("ends a request that is under way when it is told to stop, and exits with 0", async () => {
    const running = start([], {
      PORT: "0",
      CODER_TASKS_MOCK_REVISION: "2.31",
      CODER_TASKS_MOCK_CLOCK: "manual",
      CODER_TASKS_MOCK_LOG_FORMAT: "json",
    });
    const url = await urlOf(running);
    const socket = await opened(url);
    const answer = text(socket);
    const body = '{"input":"Go on."}';
    const head = [
      "PATCH /api/v2/tasks/me/cache-headers/input HTTP/1.1",
      "Host: mock",
      "Coder-Session-Token: API_KEY",
    ];
    const length = `Content-Length: ${body.length}`;
    socket.write(
      `${[...head, "Content-Type: application/json", length].join("\r\n")}\r\n\r\n${body.slice(0, 5)}`,
    );
    const idle = await fetch(new URL("/api/v2/tasks", url), {
      headers: { "Coder-Session-Token": "API_KEY" },
    });
    expect([idle.status, idle.headers.get("x-coder-build-version")]).toEqual([200, "v2.31.0"]);
    await idle.text();
    running.child.kill("SIGTERM");
    await untilClosed(url);
    socket.write(body.slice(5));
    expect(await answer).toMatch(/^HTTP\/1.1 204 /);
    const { code, signal, out, err } = await running.ended;
    expect([code, signal, err]).toEqual([0, null, ""]);
    expect(JSON.parse(out)).toMatchObject({
      msg: "ready",
      revision: "2.31",
      clock: "manual",
      url: url.origin,
    });
  });

  it("does not wait for connections that say nothing more, and exits with 0", async () => {
    const running = start(["--port=0", "--log-level=info", "--scenario=empty"], {
      CODER_TASKS_MOCK_PORT: "1",
    });
    const url = await urlOf(running);
    const silent = await opened(url);
    const half = await opened(url);
    half.write("POST /api/v2/tasks/me HTTP/1.1\r\nHost: mock\r\nContent-Length: 10\r\n\r\n{");
    const closed = [silent, half].map(ending);
    running.child.kill("SIGINT");
    await Promise.all(closed);
    const { code, signal, out, err } = await running.ended;
    expect([code, signal, err]).toEqual([0, null, ""]);
    expect(out).toContain("scenario empty  revision 2.34  profile documented  clock real");
    expect(out).toContain(`curl ${url.origin}/api/v2/tasks -H 'Coder-Session-Token:`);
  });

  it("goes on when nobody reads its log any more", async () => {
    const { child, ended } = start(["--port=0", "--scenario=empty", "--log-level=debug"]);
    const url = await urlOf({ child, ended });
    child.stderr?.destroy();
    await expect(ended).rejects.toThrow("Premature close");
    // The first makes the line that finds the pipe closed, and the second may come before it.
    for (let call = 1; call <= 3; call++) {
      const wrong = { method: "POST", headers: { "Coder-Session-Token": "API_KEY" }, body: "{" };
      const answer = await fetch(new URL("/api/v2/tasks/me", url), wrong);
      expect(await answer.json()).toHaveProperty("message");
    }
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
