import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { install } from "./installed.ts";
import { majors, nodeOf } from "./nodes.ts";
import { environmentFor, run } from "./run.ts";

const archive = inject("archive");

describe.each(majors)("on Node %s the installed package", (major) => {
  let node = "";
  let folder = "";
  beforeAll(async () => {
    node = await nodeOf(major);
    folder = await folderFor(node, major);
    for (const name of ["entries.mjs", "use.mjs"]) {
      copyFileSync(join(import.meta.dirname, name), join(folder, name));
    }
  });

  test("runs by its name and tells its version", async () => {
    const { stdout } = await run("npx", ["--no-install", "coder-tasks-mock", "--version"], { folder, node });
    expect(stdout.trim()).toBe(archive.version);
    const { stdout: present } = await run("node", ["--version"], { folder, node });
    expect(present).toMatch(new RegExp(`^v${major}\\.`));
  });

  test("serves, answers, and ends when it is told to", async () => {
    const program = join(folder, "node_modules", ".bin", "coder-tasks-mock");
    const child = spawn(program, ["--port", "0"], { cwd: folder, env: environmentFor(node) });
    const closed = once(child, "close");
    try {
      const url = await addressOf(child.stdout.iterator({ destroyOnReturn: false }));
      const answer = await fetch(`${url}/api/v2/tasks`, { headers: { "Coder-Session-Token": "API_KEY" } });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ tasks: expect.any(Array) });
      const docs = await fetch(`${url}/openapi.json`);
      expect(docs.status).toBe(200);
      child.kill("SIGTERM");
      expect(await closed).toEqual([0, null]);
    } finally {
      child.kill("SIGKILL");
    }
  });

  test("reads a scenario of the user's own and prints a contract, which need what is loaded late", async () => {
    const mine = join(folder, "node_modules", "coder-tasks-mock", "scenarios", "every-status.yaml");
    await run("npx", ["--no-install", "coder-tasks-mock", "validate", mine], { folder, node });
    const { stdout } = await run("npx", ["--no-install", "coder-tasks-mock", "spec"], { folder, node });
    expect(stdout).toMatch(/^openapi: /);
  });

  test("is imported by tests, which have a mock with and without a server", async () => {
    const { stdout } = await run("node", ["use.mjs"], { folder, node });
    expect(JSON.parse(stdout)).toEqual({ version: archive.version, statuses: [200, 200], isLarge: true });
  });

  test("does without test runners, and asks for those where they are needed", async () => {
    for (const name of ["vitest", "@playwright/test", "express"]) {
      expect(existsSync(join(folder, "node_modules", name))).toBe(false);
    }
    for (const [entry, runner] of [
      ["vitest", "vitest"],
      ["playwright", "@playwright/test"],
    ]) {
      const importing = run("node", ["entries.mjs", `coder-tasks-mock/${entry}`], { folder, node });
      await expect(importing).rejects.toThrow(`Cannot find package '${runner}'`);
    }
  });

  test("has what its description names", async () => {
    const { exports }: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
      readFileSync(join(folder, "node_modules", "coder-tasks-mock", "package.json"), "utf8"),
    );
    const told: string[] = [];
    for (const entry of Object.keys(exports)) {
      const name = join("coder-tasks-mock", entry);
      const script = `console.log(import.meta.resolve(${JSON.stringify(name)}))`;
      const { stdout } = await run("node", ["--input-type=module", "-e", script], { folder, node });
      expect(existsSync(new URL(stdout.trim()))).toBe(true);
      if (entry !== "." && entry !== "./fetch") continue;
      const imported = await run("node", ["entries.mjs", name], { folder, node });
      const { names, milliseconds, megabytes } = JSON.parse(imported.stdout);
      expect(names).toContain("MockError");
      told.push(`${name} ${milliseconds} ms, ${megabytes} MB`);
    }
    console.log(`Imports on Node ${major}: ${told.join("; ")}.`);
  });
});

/** A folder in which the archive was installed by a Node. */
async function folderFor(node: string, major: string): Promise<string> {
  if (node === process.execPath) return inject("installed");
  return install(archive.file, { folder: join(dirname(archive.file), `node-${major}`), node });
}

/** The address that a server prints at its start. */
async function addressOf(output: AsyncIterable<unknown>): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += String(chunk);
    const [url] = /http:\/\/127\.0\.0\.1:\d+(?= *\n)/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`The server has ended: ${text}`);
}
