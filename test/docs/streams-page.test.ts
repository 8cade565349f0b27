import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import * as ws from "ws";
import { readPage } from "../support/docs-samples.ts";
import { HttpClient } from "../support/http-client.ts";
import { serveMock } from "../support/served-mock.ts";

const page = readPage("docs/streams.md");

type Wait = (url: string, token: string, build: string) => Promise<void>;

/** The function that the page shows, with a console that remembers. */
function waitForBuild(lines: string[]): Wait {
  const [, sample = ""] = /^```js\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const { code } = transformSync(sample, { loader: "js", format: "cjs", target: "node20" });
  const shown: { waitForBuild?: Wait } = {};
  const module = { exports: shown };
  const console = { log: (line: string) => lines.push(line) };
  compileFunction(code, ["require", "module", "console"])(
    () => ({ ...ws, __esModule: true }),
    module,
    console,
  );
  const { waitForBuild: wait } = module.exports;
  if (wait === undefined) throw new Error("The page shows no function of that name.");
  return wait;
}

test("the program of docs/streams.md waits for a build, and tells a cut from the end", async () => {
  await using served = await serveMock({ clock: "real", speed: "50" });
  const client = new HttpClient(served.url);
  const headers = { "Coder-Session-Token": "API_KEY" };
  const { body } = await client.call({
    method: "GET",
    path: "/api/v2/tasks?q=owner:me%20status:active",
    headers,
  });
  const stop = { transition: "stop" };
  const built = await client.call({
    method: "POST",
    path: `/api/v2/workspaces/${body.tasks[0].workspace_id.uuid}/builds`,
    headers,
    body: stop,
  });
  const lines: string[] = [];
  await waitForBuild(lines)(served.url, "API_KEY", built.body.id);
  const path = `/api/v2/workspacebuilds/${built.body.id}`;
  const log = await client.call({ method: "GET", path: `${path}/logs`, headers });
  expect(lines).toEqual(log.body.map(({ output }: { readonly output: string }) => output));
  expect((await client.call({ method: "GET", path, headers })).body.job.status).toBe("succeeded");

  await client.call({ method: "PUT", path: "/__admin/clock", body: { mode: "manual" } });
  const start = { transition: "start" };
  const again = await client.call({
    method: "POST",
    path: `/api/v2/workspaces/${body.tasks[0].workspace_id.uuid}/builds`,
    headers,
    body: start,
  });
  const cut = waitForBuild([])(served.url, "API_KEY", again.body.id);
  const rejected = expect(cut).rejects.toThrow("The stream was cut (1001)");
  while (served.mock.host.followers.size === 0) await client.call({ method: "GET", path: "/__admin/health" });
  await client.call({ method: "POST", path: "/__admin/reset" });
  await rejected;
  client.close();
});
