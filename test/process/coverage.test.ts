import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { capturedCli } from "../support/captured-cli.ts";
import { startTestMock } from "../support/test-mock.ts";

const cli = capturedCli();

/** The report of a mock that was asked for these paths, as a file. */
async function reportFile(name: string, paths: readonly string[]): Promise<string> {
  const mock = await startTestMock();
  for (const path of paths) await mock.ask("GET", path);
  const { text } = await mock.ask("GET", "/__admin/coverage?scope=all", { as: "nobody" });
  return cli.written(name, text);
}

describe("the command coverage", () => {
  it("adds up reports of several processes", async () => {
    const one = await reportFile("one.json", ["/tasks", "/tasks?q=owner:me"]);
    const other = await reportFile("other.json", ["/tasks/me/nothing"]);
    expect(await runCli(["coverage", one, other])).toBe(0);
    expect(cli.out).toMatch(/\nlist-ai-tasks +2 +200 /);
    expect(cli.out).toMatch(/\nget-ai-task-by-id-or-name +1 +404 /);
    expect(cli.err).toBe("");
  });

  it.each([
    ["json", /^\{"contracts":\["2\.34 documented"\],"gate":\{"seen":2,/],
    ["html", /^<!DOCTYPE html>/],
    ["junit", /^<\?xml /],
    ["lcov", /^Summary coverage rate:\n {2}operations\.\.\.: 10\.0% \(1 of 10 operations\)\n/],
    ["markdown", /^### Contract coverage/],
    ["text", /^Contract coverage/],
  ])("prints %s", async (format, begin) => {
    const file = await reportFile("some.json", ["/tasks"]);
    expect(await runCli(["coverage", file, "--format", format])).toBe(0);
    expect(cli.out).toMatch(begin);
  });

  it("can add up what it has added up", async () => {
    const file = await reportFile("again.json", ["/tasks"]);
    await runCli(["coverage", file, file, "--format", "json"]);
    writeFileSync(file, cli.out);
    cli.out = "";
    expect(await runCli(["coverage", file])).toBe(0);
    expect(cli.out).toMatch(/\nlist-ai-tasks +2 +200 /);
  });

  it("ends with 1 when less was met than is enough", async () => {
    const file = await reportFile("few.json", ["/tasks"]);
    expect(await runCli(["coverage", file, "--min-coverage", "2.8"])).toBe(0);
    expect(await runCli(["coverage", file, "--min-coverage", "2.9"])).toBe(1);
    expect(cli.err).toMatch(
      /^--min-coverage 2\.9: 2\.8 % of operations and documented statuses were met, 2 of 71;/,
    );
  });

  it("does not take a report of nothing for a proof", async () => {
    const { text } = await (await startTestMock()).ask("GET", "/__admin/coverage", { as: "nobody" });
    const empty = await cli.written("empty.json", { ...JSON.parse(text), operations: [] });
    expect(await runCli(["coverage", empty, "--min-coverage", "0"])).toBe(0);
    expect(await runCli(["coverage", empty, "--min-coverage", "1"])).toBe(1);
    expect(cli.err).toMatch(/^--min-coverage 1: there is no operation in the coverage report/);
  });

  it.each<[what: string, content: string | undefined, args: readonly string[], line: RegExp]>([
    ["no file", undefined, [], /^There is no report to add up/],
    ["a file that is not there", undefined, ["nowhere.json"], /nowhere\.json cannot be read/],
    ["a file that is no JSON", "{", ["broken.json"], /broken\.json cannot be read as a coverage report/],
    [
      "a file that holds a list",
      "[]",
      ["broken.json"],
      /broken\.json is no coverage report: it must be an object/,
    ],
    [
      "a file that is nested without an end",
      `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      ["broken.json"],
      /broken\.json is no coverage report: /,
    ],
    [
      "a file that is no report",
      '{"gate": 7}',
      ["broken.json"],
      /broken\.json is no coverage report: .* must be /,
    ],
    [
      "an unknown format",
      "{}",
      ["broken.json", "--format", "xml"],
      /^--format is "xml"; expected one of text, json/,
    ],
    [
      "too much to ask",
      "{}",
      ["broken.json", "--min-coverage", "101"],
      /^--min-coverage is "101"; expected a number/,
    ],
    ["a share that is no number", "{}", ["broken.json", "--min-coverage", "all"], /^--min-coverage is "all"/],
    [
      "an unknown flag",
      "{}",
      ["broken.json", "--fromat", "json"],
      /^Unknown flag --fromat\. Did you mean "--format"/,
    ],
  ])("refuses %s with 2", async (_, content, args, line) => {
    const file = content === undefined ? "" : await cli.written("broken.json", content);
    const named = args.map((arg) => (arg === "broken.json" ? file : arg));
    expect(await runCli(["coverage", ...named])).toBe(2);
    expect(cli.err).toMatch(line);
    expect(cli.err.trimEnd()).not.toContain("\n");
  });
});

describe("--min-coverage", () => {
  it.each(["-1", "101", "all", "", "1e1"])("takes no %j", async (text) => {
    expect(await runCli(["serve", `--min-coverage=${text}`])).toBe(2);
    expect(cli.err).toBe(
      `--min-coverage is ${JSON.stringify(text)}; expected a number from 0 to 100, in percent.\n`,
    );
  });

  it("reports what was met, and says by a gate when it is too little", async () => {
    const mock = await startTestMock({ "min-coverage": "50" });
    await mock.ask("GET", "/tasks");
    mock.mock.stop();
    expect(mock.mock.coverageTable()).toMatch(/\nlist-ai-tasks +1 +200 /);
    expect(mock.mock.failedGates()).toEqual([
      expect.stringMatching(/^--min-coverage 50: 2\.8 % of operations/),
    ]);
  });

  it("only reports with 0, and says nothing when nobody asks", async () => {
    const asked = await startTestMock({ "min-coverage": "0" });
    expect(asked.mock.failedGates()).toEqual([]);
    expect(asked.mock.coverageTable()).toContain("Contract coverage of 2.34 documented");
    const silent = await startTestMock();
    expect(silent.mock.coverageTable()).toBe("");
  });
});
