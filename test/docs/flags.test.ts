import { describe, expect, test } from "vitest";
import { commandNames } from "../../src/cli/command-name.ts";
import { compatFlags } from "../../src/cli/compat-flags.ts";
import { coverageFlags } from "../../src/cli/coverage-flags.ts";
import { diffFlags } from "../../src/cli/diff-flags.ts";
import { commandHelp, overview, specFlags } from "../../src/cli/help.ts";
import { type Flag, serveFlags, variableOf } from "../../src/runtime/flags.ts";
import { readPage } from "../support/docs-samples.ts";

const page = readPage("docs/cli.md");
const flags = serveFlags.map(({ name }) => ({ flag: `--${name}`, variable: variableOf(name) }));

/** The flags of the commands that take others than serve does. */
const others: readonly (readonly [command: string, flag: Flag])[] = [
  ...coverageFlags.map((flag) => ["coverage", flag] as const),
  ...compatFlags.map((flag) => ["compat", flag] as const),
  ...diffFlags.map((flag) => ["diff", flag] as const),
  ...specFlags.map((flag) => ["spec", flag] as const),
];

/** The part of the page under the heading of a command. */
function sectionOf(command: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`${command}\n`)) ?? "";
}

/** The rows of the page's tables whose first cell is a flag. */
function rowOf(flag: string): string | undefined {
  return page.split("\n").find((line) => new RegExp(`^\\| \`${flag}[ \`]`).test(line));
}

describe("docs/cli.md", () => {
  test.each(flags)("explains $flag with its variable $variable", ({ flag, variable }) => {
    expect(rowOf(flag)).toContain(`\`${variable}\``);
  });

  test.each(serveFlags.filter((flag) => "fallback" in flag))("names the default of --$name", (flag) => {
    expect(rowOf(`--${flag.name}`)).toContain("fallback" in flag ? `| \`${flag.fallback}\` |` : "");
  });

  test.each(commandNames)("explains the command %s", (command) => {
    expect(page).toContain(`\n## ${command}\n`);
  });

  test.each(others)(
    "explains in the section of %s the flag $name with its value and default",
    (command, flag) => {
      const usage = [
        `--${flag.name}`,
        ...(flag.value === undefined ? [] : [flag.value.replaceAll("|", "\\|")]),
      ];
      const fallback = flag.fallback === undefined ? "" : `\`${flag.fallback}\` |`;
      expect(sectionOf(command)).toContain(`| \`${usage.join(" ")}\` | ${fallback}`);
    },
  );

  test("shows of each command the usage that the help shows", () => {
    const usages = [...overview().matchAll(/^(?:Usage:| {6}) (coder-tasks-mock .*)$/gm)].map(
      ([, usage]) => usage,
    );
    const [, table = ""] = page.split("```\n");
    const shown = [...table.matchAll(/^(.*?) {2,}/gm)].map(([, usage]) => usage);
    expect(shown).toEqual(usages);
    expect(usages).toHaveLength(commandNames.length);
  });

  test("names no flag and no variable that does not exist", () => {
    const tables = page.split("\n").filter((line) => line.startsWith("| `--"));
    const named = tables.flatMap((line) => [...line.matchAll(/--[a-z-]+|CODER_TASKS_MOCK_[A-Z_]+/g)]);
    const known = [
      ...flags.flatMap(({ flag, variable }) => [flag, variable]),
      ...[...specFlags, ...compatFlags, ...diffFlags].map(({ name }) => `--${name}`),
    ];
    expect(named.map(([word]) => word).filter((word) => !known.includes(word))).toEqual([]);
  });
});

describe("the help", () => {
  test.each(flags)("lists $flag", ({ flag }) => {
    expect(overview()).toContain(`  ${flag}`);
    expect(commandHelp("serve")).toContain(`  ${flag}`);
  });

  test("says how a flag's variable is called, by an example that is true", () => {
    expect(overview()).toContain(`--port is ${variableOf("port")}`);
  });
});
