import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleProgram, type Program } from "../support/bundled-program.ts";

/** Says at the end whether the package was loaded. */
const hook = `process.on("exit", () => {
  const { cache } = require;
  console.log("prism loaded:", Object.keys(cache).some((file) => file.includes("prism-http")));
});`;

describe("the package that makes values", () => {
  let program: Program;
  let preload: string;

  beforeAll(async () => {
    program = await bundleProgram();
    preload = join(dirname(program.file), "hook.cjs");
    writeFileSync(preload, hook);
  });

  afterAll(() => program.remove());

  /** What a server prints that is asked once. */
  async function outputAfter(path: string): Promise<string> {
    const child = spawn(process.execPath, ["--require", preload, program.file, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const closed = once(child, "close");
    try {
      let output = "";
      for await (const chunk of child.stdout) {
        output += String(chunk);
        const [url] = /http:\/\/127\.0\.0\.1:\d+(?= *\n)/.exec(output) ?? [];
        if (url === undefined || child.killed) continue;
        const { status } = await fetch(`${url}${path}`, { headers: { "Coder-Session-Token": "API_KEY" } });
        expect(status).toBe(200);
        child.kill("SIGTERM");
      }
      await closed;
      return output;
    } finally {
      child.kill("SIGKILL");
    }
  }

  test.each([
    ["is not loaded for what is modelled", "/api/v2/tasks", false],
    ["is not loaded for an example", "/api/v2/tasks?__example=seed", false],
    ["is loaded for a random value", "/api/v2/tasks?__dynamic=true", true],
  ])("%s", async (_, path, isLoaded) => {
    expect(await outputAfter(path)).toContain(`prism loaded: ${isLoaded}`);
  });
});
