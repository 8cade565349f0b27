import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { components } from "../../src/contract/generated/admin.ts";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { bundleProgram, type Program } from "../support/bundled-program.ts";

type Schemas = components["schemas"];

const client = join(packageRoot, "test", "clients", "careless-client.mjs");

let program: Program;
const folder = mkdtempSync(join(tmpdir(), "careless-"));
beforeAll(async () => {
  program = await bundleProgram();
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

interface Reports {
  readonly "journal.json": readonly Schemas["JournalFile"][];
  readonly "violations.json": Schemas["ViolationList"];
  readonly "compatibility.json": Schemas["Compatibility"];
  readonly "coverage.json": Schemas["Coverage"];
}

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  report<File extends keyof Reports>(file: File): Reports[File];
}

/** Runs a command under `exec`, as a build in CI would. */
async function exec(name: string, args: readonly string[]): Promise<Run> {
  const { PATH = "", HOME = "" } = process.env;
  const reports = join(folder, name);
  const own = ["exec", "--report-dir", reports, "--log-level", "error"];
  const child = spawn(process.execPath, [program.file, ...own, ...args], {
    env: { PATH, HOME },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, out, err, report: (file) => JSON.parse(readFileSync(join(reports, file), "utf8")) };
}

describe("a careless client under exec", () => {
  let run: Run;
  beforeAll(async () => {
    run = await exec("documented", ["--", process.execPath, client]);
  }, 30_000);

  it("notices nothing itself", () => {
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(
      /^dark-mode runs in app [0-9a-f-]{36}\nNo new task: .*\ndark-mode is paused by build 2\n$/,
    );
  });

  it("has its wrong type and its undocumented parameter, and nothing else, among the violations", () => {
    expect(run.report("violations.json")).toMatchObject({
      total: 2,
      violations: [
        {
          operation: "create-a-new-ai-task",
          severity: "error",
          direction: "request",
          place: "body",
          pointer: "/display_name",
          rule: "type",
          received: "7",
        },
        {
          operation: "list-ai-tasks",
          severity: "warning",
          direction: "request",
          place: "query",
          pointer: "/limit",
          rule: "undocumented-parameter",
        },
      ],
    });
  });

  it("is told that it cannot pause on 2.30, and that this alone keeps it from there", () => {
    const { judged, mistakes, profiles } = run.report("compatibility.json");
    expect([judged, mistakes.count, mistakes.reasons]).toMatchObject([
      3,
      1,
      [{ operation: "create-a-new-ai-task", text: expect.stringContaining("/display_name") }],
    ]);
    expect(profiles[0]).toMatchObject({
      profile: "documented",
      smallest: "2.31",
      revisions: [
        {
          revision: "2.30",
          verdict: "fails",
          reasons: [{ kind: "missing", operation: "pause-task", count: 1, exchanges: ["default/4"] }],
        },
        { revision: "2.31", verdict: "fits", reasons: [] },
        { revision: "2.34", verdict: "fits", reasons: [] },
      ],
    });
  });

  it("is told that a deployment may send null for the id that it reads", () => {
    const [, wire] = run.report("compatibility.json").profiles;
    const newest = wire?.revisions.at(-1);
    expect(newest).toMatchObject({ revision: "2.34", verdict: "differs" });
    expect(newest?.reasons).toContainEqual(
      expect.objectContaining({
        kind: "different",
        operation: "get-ai-task-by-id-or-name",
        text: "body/workspace_app_id: expected a string or null (type)",
      }),
    );
  });

  it("has the 409 that it does not handle among the documented errors that were never met", () => {
    const { unmet_errors: unmet, operations } = run.report("coverage.json");
    const ofPause = unmet.filter(({ operation }) => operation === "pause-task");
    expect(ofPause.map(({ status }) => status)).toEqual(["400", "401", "403", "404", "409", "500"]);
    const called = operations.filter(({ items }) =>
      items.some(({ kind, count }) => kind === "operation" && count > 0),
    );
    expect(called.map(({ id }) => id).sort()).toEqual([
      "create-a-new-ai-task",
      "get-ai-task-by-id-or-name",
      "list-ai-tasks",
      "pause-task",
    ]);
    expect(readFileSync(join(folder, "documented", "coverage.html"), "utf8")).toContain("pause-task");
    expect(readFileSync(join(folder, "documented", "coverage.junit.xml"), "utf8")).toContain("pause-task");
  });

  it("leaves a journal of its calls without its token", () => {
    const [journal, ...others] = run.report("journal.json");
    expect(others).toEqual([]);
    expect(journal?.exchanges.map(({ outcome, response }) => [outcome, response.status])).toEqual([
      ["handled", 200],
      ["handled", 200],
      ["contract-request", 400],
      ["handled", 202],
    ]);
    expect(JSON.stringify(journal)).not.toMatch(/[0-9a-z]{10}-[0-9a-z]{22}/);
  });
});

describe("a careless client against shapes of a deployment", { timeout: 30_000 }, () => {
  it("gets along as long as nothing is null", async () => {
    expect(await exec("wire", ["--profile", "wire", "--", process.execPath, client])).toMatchObject({
      code: 0,
    });
  });

  it("breaks over the nullable id as soon as the world explores, and the journal has the null", async () => {
    const exploring = `
      const { status } = await fetch(process.env.CODER_TASKS_MOCK_ADMIN + "/explore", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: '{"seed": 1, "rate": 1, "kinds": ["null"], "operations": ["get-ai-task-by-id-or-name"]}',
      });
      if (status > 201) throw new Error("It does not explore: " + status);
      await import("${pathToFileURL(client).href}");
    `;
    const command = ["--", process.execPath, "--input-type=module", "-e", exploring];
    const run = await exec("exploring", ["--profile", "wire", ...command]);
    expect(run).toMatchObject({
      code: 1,
      err: expect.stringContaining("TypeError: Cannot read properties of null"),
    });
    expect(run.report("violations.json").violations).toMatchObject([{ rule: "undocumented-parameter" }]);
    const [journal] = run.report("journal.json");
    expect(journal?.exchanges.at(-1)).toMatchObject({
      operation: "get-ai-task-by-id-or-name",
      varied: expect.arrayContaining(["/workspace_app_id null"]),
      response: {
        headers: { "X-Mock-Varied": expect.any(String) },
        body: { json: { workspace_app_id: null } },
      },
    });
  });
});
