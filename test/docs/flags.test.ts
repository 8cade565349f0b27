import { describe, expect, test } from "vitest";
import { commandNames } from "../../src/cli/command-name.ts";
import { compatFlags } from "../../src/cli/compat-flags.ts";
import { diffFlags } from "../../src/cli/diff-flags.ts";
import { commandHelp, overview, specFlags } from "../../src/cli/help.ts";
import { serveFlags, variableOf } from "../../src/runtime/flags.ts";
import { readPage } from "../support/docs-samples.ts";

const page = readPage("docs/cli.md");
const flags = serveFlags.map(({ name }) => ({ flag: `--${name}`, variable: variableOf(name) }));

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
