import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { build, createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { bundleProgram } from "../support/bundled-program.ts";
import { readPage } from "../support/docs-samples.ts";
import { startExec } from "../support/exec-program.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import { SocketClient } from "../support/socket-client.ts";

const root = join(packageRoot, "docs/recipes/vite");
const token = "API_KEY";
let served: ServedMock;
let site: ViteDevServer;
let home: string;

beforeAll(async () => {
  served = await serveMock();
  vi.stubEnv("CODER_URL", served.url);
  vi.stubEnv("CODER_SESSION_TOKEN", token);
  site = await createServer({ root, server: { port: 0, host: "127.0.0.1" }, logLevel: "error" });
  await site.listen();
  home = site.resolvedUrls?.local[0] ?? "";
});

afterAll(async () => {
  await site.close();
  await served[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

async function admin(path: string, body: object): Promise<{ tokens: Record<string, string> }> {
  const answer = await fetch(`${served.url}/__admin${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
  return JSON.parse(await answer.text());
}

async function ownersSeenWith(headers: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const answer = await fetch(`${home}api/v2/tasks?q=owner:me`, { headers });
  expect([answer.status, answer.headers.get("X-Mock-Outcome")]).toEqual([200, "handled"]);
  const { tasks }: { tasks: readonly { owner_name: string }[] } = JSON.parse(await answer.text());
  return [...new Set(tasks.map(({ owner_name }) => owner_name))];
}

describe("the development server of the recipe", () => {
  test("hands the page out, and the session token with nothing of it", async () => {
    for (const [path, text] of [
      ["", "<title>Tasks</title>"],
      ["main.ts", "/api/v2"],
      ["style.css", "system-ui"],
    ]) {
      const content = await (await fetch(`${home}${path}`)).text();
      expect(content).toContain(text);
      expect(content).not.toContain(token);
    }
  });

  test("lets calls of the API through, as the user of the environment", async () => {
    expect(await ownersSeenWith({})).toEqual(["olga"]);
  });

  test("lets a cookie of the browser choose another user, and with it a world", async () => {
    const { tokens } = await admin("/worlds", { id: "of-a-browser" });
    const cookie = { Cookie: `theme=dark; coder_session_token=${tokens["priya"]}` };
    expect(await ownersSeenWith(cookie)).toEqual(["priya"]);
    const answer = await fetch(`${home}api/v2/tasks`, { headers: cookie });
    expect(answer.headers.get("X-Mock-World")).toBe("of-a-browser");
  });

  test("takes the token that the page shows for mateo's", async () => {
    const [cookie = ""] = /coder_session_token=[\w-]+/.exec(readPage("docs/recipes/vite.md")) ?? [];
    expect(await ownersSeenWith({ Cookie: cookie })).toEqual(["mateo"]);
  });

  test("lets refusals through as they are", async () => {
    const answer = await fetch(`${home}api/v2/tasks/me/no-such-task`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      expect.objectContaining({ message: expect.any(String) }),
    ]);
  });

  test("lets WebSockets through, on which changes arrive without asking", async () => {
    const answer = await fetch(`${home}api/v2/tasks/me/dark-mode`);
    const { workspace_id: workspace } = JSON.parse(await answer.text());
    await using socket = await SocketClient.open(`${home}api/v2/workspaces/${workspace.uuid}/watch-ws`);
    const [first = ""] = await socket.has(1);
    expect(JSON.parse(first)).toMatchObject({ type: "data", data: { name: "dark-mode" } });

    await admin("/tasks/dark-mode/build", { transition: "stop" });
    await admin("/clock/advance", { until: { task: "dark-mode", status: "paused" } });

    const frames = await socket.has(3);
    expect(JSON.parse(frames.at(-1) ?? "")).toMatchObject({
      data: { latest_build: { transition: "stop", status: "stopped" } },
    });
  });

  test("keeps the admin API of the mock to itself", async () => {
    const answer = await fetch(`${home}__admin/clock`);
    expect(answer.headers.get("X-Mock-Outcome")).toBeNull();
  });
});

test("the page explains the proxy as the configuration has it", () => {
  const lines = (text: string) => text.split("\n").map((line) => line.trim());
  const [, excerpt = ""] = /^```ts\n(proxy: [\s\S]*?)^```$/m.exec(readPage("docs/recipes/vite.md")) ?? [];
  const configuration = lines(readPage("docs/recipes/vite/vite.config.ts"));
  expect(configuration.filter((line) => !line.startsWith("//")).join("\n")).toContain(
    lines(excerpt).join("\n").trim(),
  );
  expect(excerpt).not.toBe("");
});

test("the page of the recipe can be built, and the token stays outside", async () => {
  const built = await build({ root, logLevel: "error", build: { write: false } });
  const text = JSON.stringify(built);
  expect(text).toContain("watch-ws");
  expect(text).not.toContain(token);
});

test("one command starts the mock, and Vite beside it", async () => {
  const program = await bundleProgram();
  const vite = join(packageRoot, "node_modules/vite/bin/vite.js");
  const command = [process.execPath, vite, root, "--host", "127.0.0.1", "--port", "0"];
  // Outside of continuous integration, Vite ends when its input does.
  const { child, ended } = startExec(program, ["--", ...command], { environment: { CI: "true" } });
  try {
    const url = await urlSaidBy(child);
    const answer = await fetch(`${url}api/v2/tasks`);
    expect([answer.status, answer.headers.get("X-Mock-World")]).toEqual([200, "default"]);
  } finally {
    child.kill("SIGTERM");
    await ended;
    program.remove();
  }
});

function urlSaidBy({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    stdout?.on("data", (chunk) => {
      said += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(stripVTControlCharacters(said))?.[0];
      if (url !== undefined) resolve(url);
    });
    stdout?.on("end", () => reject(new Error(`Vite ended without an address: ${said}`)));
  });
}
