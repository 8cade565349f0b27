import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import type { MockServerOptions } from "../../src/runtime/embedding/mock-server-options.ts";
import { openMockServer } from "../../src/runtime/embedding/open-mock-server.ts";
import { assets } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";

/** Stands for a client of the reader's. */
class YourClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async sendInput(task: string, input: string): Promise<void> {
    const headers = { "Coder-Session-Token": this.#token, "Content-Type": "application/json" };
    const order = { method: "POST", headers, body: JSON.stringify({ input }) };
    const answer = await fetch(`${this.#url}/api/v2/tasks/me/${task}/send`, order);
    if (!answer.ok) throw new Error(await answer.text());
  }
}

test("the sample of the README for tests does as it stands there", async () => {
  const [sample = "", ...more] = [...readPage("README.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    ([, text = ""]) => text,
  );
  expect(more).toEqual([]);
  const [first, body] = sample.split(/\n\n(.*)/s);
  expect(first).toBe('import { startMockServer } from "coder-tasks-mock";');
  const { code } = transformSync(`async function sample() {\n${body}\n}`, { loader: "ts", target: "node20" });
  const run = compileFunction(`${code}\nreturn sample();`, ["startMockServer", "YourClient"]);
  await run((options: MockServerOptions) => openMockServer(options, { assets }), YourClient);
});
