import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleProgram, type Program } from "../support/bundled-program.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let program: Program;
beforeAll(async () => {
  program = await bundleProgram();
}, 30_000);
afterAll(() => program.remove());

/** Serves, asks for one path or sends one body, stops, and tells how the program ended. */
async function served(args: readonly string[], input?: unknown) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [program.file, "--port", "0", "--log-level", "error", ...args], {
    cwd: root,
    env: { PATH, HOME },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const err = text(child.stderr);
    const closed = once(child, "close");
    let told = "";
    // Read to its end: a program whose output nobody takes any more fails by that.
    for await (const chunk of child.stdout) {
      told += String(chunk);
      const url = /http:\/\/[\d.]+:\d+(?=\s)/.exec(told)?.[0];
      if (url === undefined || child.killed) continue;
      const response = await fetch(`${url}/api/v2/tasks/me/dark-mode/send`, {
        method: "POST",
        headers: { "Coder-Session-Token": "API_KEY", "Content-Type": "application/json" },
        body: JSON.stringify({ input }),
      });
      await response.text();
      child.kill("SIGTERM");
    }
    const [code] = await closed;
    return { code, err: await err };
  } finally {
    child.kill("SIGKILL");
  }
}

describe.concurrent("serve", { timeout: 30_000 }, () => {
  it("ends with 1 under --fail-on-violations when the contract was broken, and says by what", async () => {
    expect(await served(["--fail-on-violations"], 5)).toEqual({
      code: 1,
      err: "--fail-on-violations: the contract was broken once: type in requests once; docs/rules has a page for each rule.\n",
    });
  });

  it("says so beside reports that cannot be written, which end it with 2", async () => {
    const folder = mkdtempSync(join(tmpdir(), "exit-of-violations-"));
    try {
      mkdirSync(join(folder, "journal.json"));
      const { code, err } = await served(["--fail-on-violations", "--report-dir", folder], 5);
      expect(code).toBe(2);
      expect(err.trimEnd().split("\n")).toEqual([
        expect.stringMatching(/^The report .*journal\.json could not be written: EISDIR/),
        expect.stringMatching(/^--fail-on-violations: the contract was broken once/),
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("ends with 0 when it was not", async () => {
    expect(await served(["--fail-on-violations"], "Go on.")).toEqual({ code: 0, err: "" });
  });

  it("ends with 0 when nobody asked", async () => {
    expect(await served([], 5)).toEqual({ code: 0, err: "" });
  });
});
