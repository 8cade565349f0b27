import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { startTestMock } from "../support/test-mock.ts";

const folder = mkdtempSync(join(tmpdir(), "coverage-"));
afterAll(() => rmSync(folder, { recursive: true }));

let out = "";
let err = "";
beforeEach(() => {
  out = "";
  err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The report of a mock that was asked for these paths, as a file. */
async function reportFile(name: string, paths: readonly string[]): Promise<string> {
  const mock = await startTestMock();
  for (const path of paths) await mock.ask("GET", path);
  const { text } = await mock.ask("GET", "/__admin/coverage?scope=all", { as: "nobody" });
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe("the command coverage", () => {
  it("adds up reports of several processes", async () => {
    const one = await reportFile("one.json", ["/tasks", "/tasks?q=owner:me"]);
    const other = await reportFile("other.json", ["/tasks/me/nothing"]);
    expect(await runCli(["coverage", one, other])).toBe(0);
    expect(out).toMatch(/\nlist-ai-tasks +2 +200 /);
    expect(out).toMatch(/\nget-ai-task-by-id-or-name +1 +404 /);
    expect(err).toBe("");
  });

  it.each([
    ["json", /^\{"contracts":\["2\.34 documented"\],"gate":\{"seen":2,/],
    ["html", /^<!DOCTYPE html>/],
    ["junit", /^<\?xml /],
    ["markdown", /^### Contract coverage/],
    ["text", /^Contract coverage/],
  ])("prints %s", async (format, begin) => {
    const file = await reportFile("some.json", ["/tasks"]);
    expect(await runCli(["coverage", file, "--format", format])).toBe(0);
    expect(out).toMatch(begin);
  });

  it("can add up what it has added up", async () => {
    const file = await reportFile("again.json", ["/tasks"]);
    await runCli(["coverage", file, file, "--format", "json"]);
    writeFileSync(file, out);
    out = "";
    expect(await runCli(["coverage", file])).toBe(0);
    expect(out).toMatch(/\nlist-ai-tasks +2 +200 /);
  });

  it("ends with 1 when less was met than is enough", async () => {
    const file = await reportFile("few.json", ["/tasks"]);
    expect(await runCli(["coverage", file, "--min-coverage", "2.8"])).toBe(0);
    expect(await runCli(["coverage", file, "--min-coverage", "2.9"])).toBe(1);
    expect(err).toMatch(
      /^--min-coverage 2\.9: 2\.8 % of operations and documented statuses were met, 2 of 71;/,
    );
  });

  const broken = join(folder, "broken.json");
  it.each<[what: string, content: string | undefined, args: readonly string[], line: RegExp]>([
    ["no file", undefined, [], /^There is no report to add up/],
    ["a file that is not there", undefined, [join(folder, "nowhere.json")], /nowhere\.json cannot be read/],
    ["a file that is no JSON", "{", [broken], /broken\.json cannot be read as a coverage report/],
    ["a file that holds a list", "[]", [broken], /broken\.json is no coverage report: it is no object/],
    ["a file that is no report", '{"gate": 7}', [broken], /broken\.json is no coverage report: .* must be /],
    [
      "an unknown format",
      "{}",
      [broken, "--format", "xml"],
      /^--format is "xml"; expected one of text, json/,
    ],
    [
      "too much to ask",
      "{}",
      [broken, "--min-coverage", "101"],
      /^--min-coverage is "101"; expected a number/,
    ],
    ["a share that is no number", "{}", [broken, "--min-coverage", "all"], /^--min-coverage is "all"/],
    [
      "an unknown flag",
      "{}",
      [broken, "--fromat", "json"],
      /^Unknown flag --fromat\. Did you mean "--format"/,
    ],
  ])("refuses %s with 2", async (_, content, args, line) => {
    if (content !== undefined) writeFileSync(broken, content);
    expect(await runCli(["coverage", ...args])).toBe(2);
    expect(err).toMatch(line);
    expect(err.trimEnd()).not.toContain("\n");
  });
});

describe("--min-coverage", () => {
  it.each(["-1", "101", "all", "", "1e1"])("takes no %j", async (text) => {
    expect(await runCli(["serve", `--min-coverage=${text}`])).toBe(2);
    expect(err).toBe(
      `--min-coverage is ${JSON.stringify(text)}; expected a number from 0 to 100, in percent.\n`,
    );
  });

  it("reports what was met, and says by a gate when it is too little", async () => {
    const mock = await startTestMock({ "min-coverage": "50" });
    await mock.ask("GET", "/tasks");
    mock.mock.stop();
    expect(mock.mock.tellCoverage({})).toMatch(/\nlist-ai-tasks +1 +200 /);
    expect(mock.mock.failedGates()).toEqual([
      expect.stringMatching(/^--min-coverage 50: 2\.8 % of operations/),
    ]);
  });

  it("only reports with 0, and says nothing when nobody asks", async () => {
    const asked = await startTestMock({ "min-coverage": "0" });
    expect(asked.mock.failedGates()).toEqual([]);
    expect(asked.mock.tellCoverage({})).toContain("Contract coverage of 2.34 documented");
    const silent = await startTestMock();
    expect(silent.mock.tellCoverage({})).toBeUndefined();
  });

  it("adds the table to the summary of a step on GitHub, and tells when it cannot", async () => {
    const { mock } = await startTestMock({ "min-coverage": "0" });
    const file = join(folder, "summary.md");
    writeFileSync(file, "before\n");
    mock.tellCoverage({ GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file, "utf8")).toMatch(/^before\n### Contract coverage of 2\.34 documented\n/);
    const told = mock.tellCoverage({ GITHUB_STEP_SUMMARY: join(folder, "no", "summary.md") });
    expect(told).toContain("GITHUB_STEP_SUMMARY cannot be written: ");
  });
});
