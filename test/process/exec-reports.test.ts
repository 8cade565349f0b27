import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleProgram, type Program } from "../support/bundled-program.ts";
import { node, startExec } from "../support/exec-program.ts";

let program: Program;
const home = mkdtempSync(join(tmpdir(), "exec-reports-"));
beforeAll(async () => {
  program = await bundleProgram();
});
afterAll(() => {
  program.remove();
  rmSync(home, { recursive: true });
});

function reportIn(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

describe.concurrent("exec at its end", { timeout: 30_000 }, () => {
  it("leaves reports on all worlds in a folder that it makes, on those that were reset or deleted, too", async () => {
    const folder = join(home, "new", "one");
    const { code, err } = await startExec(program, [
      `--report-dir=${folder}`,
      "--admin-token=secret",
      "--log-level=error",
      ...node(`
        const { CODER_TASKS_MOCK_ADMIN: admin, CODER_TASKS_MOCK_ADMIN_TOKEN } = process.env;
        const headers = { Authorization: "Bearer " + CODER_TASKS_MOCK_ADMIN_TOKEN };
        const post = async (path) => (await fetch(admin + path, { method: "POST", headers })).json();
        await post("/reset");
        const world = await post("/worlds");
        const list = (token, query) =>
          fetch(process.env.CODER_URL + "/api/v2/tasks" + query, { headers: { "Coder-Session-Token": token } });
        await list(world.tokens.olga, "?colour=red");
        await post("/reset?world=" + world.id);
        await list(world.tokens.olga, "");
        await fetch(admin + "/worlds/" + world.id, { method: "DELETE", headers });
        await list(process.env.CODER_SESSION_TOKEN, "");
        process.exit(9);
      `),
    ]).ended;
    expect([code, err]).toEqual([9, ""]);
    expect(reportIn(folder, "violations.json")).toMatchObject({
      total: 1,
      violations: [{ world: "world-1", rule: "undocumented-parameter" }],
    });
    expect(reportIn(folder, "journal.json")).toMatchObject([
      { world: "world-1", exchanges: [{ id: "1", query: [{ name: "colour", value: "red" }] }] },
      { world: "world-1", exchanges: [{ id: "1", query: [] }] },
      { world: "default", exchanges: [{ id: "1" }] },
    ]);
    const exchanges = ["world-1/1", "world-1@2/1", "default/1"];
    const differences = expect.arrayContaining([expect.objectContaining({ count: 3, exchanges })]);
    expect(reportIn(folder, "compatibility.json")).toMatchObject({
      judged: 3,
      profiles: [
        { profile: "documented", smallest: "2.30" },
        { profile: "wire", revisions: [{ different: 3, reasons: differences }, {}, {}] },
      ],
    });
    const judged = spawn(process.execPath, [
      program.file,
      "compat",
      "--format=json",
      join(folder, "journal.json"),
    ]);
    expect(JSON.parse(await text(judged.stdout))).toEqual(reportIn(folder, "compatibility.json"));
  });

  it.each([
    ["are a mistake of a run that is content otherwise", 0, 2],
    ["leave a failure of the command as it is", 7, 7],
  ])("tells of reports that cannot be written, which %s", async (_, own, expected) => {
    const folder = join(home, `spoilt-${own}`);
    const spoiling = `import { mkdirSync } from "node:fs"; mkdirSync(${JSON.stringify(join(folder, "journal.json"))}); process.exit(${own});`;
    const { code, err } = await startExec(program, ["--report-dir", folder, ...node(spoiling)]).ended;
    expect(code).toBe(expected);
    expect(err).toMatch(/^The report .*journal\.json could not be written: EISDIR.*\n$/);
  });

  it.each([
    ["fails what the command lets pass", 0, 1],
    ["leaves a failure of the command as it is", 4, 4],
  ])("has a gate that %s", async (_, own, expected) => {
    const { code, err } = await startExec(program, [
      "--fail-on-violations",
      "--log-level=error",
      ...node(`
        const { CODER_URL, CODER_SESSION_TOKEN } = process.env;
        const headers = { "Coder-Session-Token": CODER_SESSION_TOKEN };
        await fetch(CODER_URL + "/api/v2/tasks/me", { method: "POST", headers, body: "{}" });
        process.exit(${own});
      `),
    ]).ended;
    expect(code).toBe(expected);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
