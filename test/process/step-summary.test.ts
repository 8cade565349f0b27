import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { capturedCli } from "../support/captured-cli.ts";
import { startTestMock } from "../support/test-mock.ts";

const cli = capturedCli();
const exec = ["exec", "--log-level", "silent"];
const command = ["--", process.execPath, "-e", ""];
const heading = "### Contract coverage of 2.34 documented\n";

let file = "";
beforeEach(() => {
  file = join(cli.folder, "summary.md");
  vi.stubEnv("GITHUB_STEP_SUMMARY", file);
});

function summary(): string {
  return readFileSync(file, "utf8");
}

describe("the summary of a step on GitHub", () => {
  it("gets the table of exec behind what stands there, and the console nothing", async () => {
    writeFileSync(file, "before\n");
    expect(await runCli([...exec, ...command])).toBe(0);
    expect(summary().startsWith(`before\n${heading}`)).toBe(true);
    expect(summary()).toContain("| list-ai-tasks | 0 | - |");
    expect([cli.out, cli.err]).toEqual(["", ""]);
  });

  it("gets the table of serve, and the console one of its own when that was asked for", async () => {
    const { mock } = await startTestMock();
    expect([mock.coverageTable(), mock.addStepSummary({ GITHUB_STEP_SUMMARY: file })]).toEqual(["", ""]);
    expect(summary()).toContain(heading);
    const asked = await startTestMock({ "min-coverage": "0" });
    expect(asked.mock.coverageTable()).toMatch(/^Contract coverage of [^#]*$/);
    expect(asked.mock.addStepSummary({ GITHUB_STEP_SUMMARY: file })).toBe("");
    expect(summary().split(heading)).toHaveLength(3);
  });

  it("gets the sum that coverage makes, whatever it prints", async () => {
    const { text } = await (await startTestMock()).ask("GET", "/__admin/coverage", { as: "nobody" });
    const report = await cli.written("report.json", text);
    expect(await runCli(["coverage", report, report, "--format", "junit"])).toBe(0);
    expect(summary().startsWith(heading)).toBe(true);
    expect(cli.out).toMatch(/^<\?xml /);
  });

  it.each<[what: string, make: () => void]>([
    ["a folder", () => mkdirSync(file)],
    ["in a folder that is not there", () => vi.stubEnv("GITHUB_STEP_SUMMARY", join(file, "summary.md"))],
    ["a pipe that nobody reads", () => execFileSync("sh", ["-c", 'mkfifo "$0"', file])],
    ["as full as GitHub shows it", () => writeFileSync(file, "x".repeat(1_048_576))],
  ])("is told of in one line and fails nothing when it is %s", async (_, make) => {
    make();
    expect(await runCli([...exec, ...command])).toBe(0);
    expect(cli.err).toMatch(/^GITHUB_STEP_SUMMARY could not be written: [^\n]+\n$/);
  });

  it("gets the sums alone when there is no room for the table", async () => {
    writeFileSync(file, `${"x".repeat(1_048_576 - 600)}\n`);
    expect(await runCli([...exec, ...command])).toBe(0);
    const added = summary().slice(1_048_576 - 599);
    expect(added).toMatch(
      /^### Contract coverage of 2\.34 documented\n\n\* Operations and documented statuses: 0 %/,
    );
    expect(summary().length).toBeLessThanOrEqual(1_048_576);
    expect(cli.err).toBe("");
  });

  it("is left alone when GitHub did not name it", async () => {
    vi.stubEnv("GITHUB_STEP_SUMMARY", "");
    expect(await runCli([...exec, ...command])).toBe(0);
    expect(cli.err).toBe("");
  });
});
