import { describe, expect, test } from "vitest";
import { parseFlags } from "../../src/cli/parse-flags.ts";
import { readConfig } from "../../src/runtime/config.ts";
import { serveFlags } from "../../src/runtime/flags.ts";

function extendFrom(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const read = readConfig({ flags: parseFlags(args, serveFlags).flags, environment });
  if (!read.ok) return read.complaints;
  return { files: read.config.extend, isDynamic: read.config.extendDynamic };
}

describe("--extend and --extend-dynamic", () => {
  test.each([
    [[], {}, [], false],
    [["--extend", "a.yaml"], {}, ["a.yaml"], false],
    [["--extend", "a.yaml", "--extend=b.json", "--extend-dynamic"], {}, ["a.yaml", "b.json"], true],
    [["--extend", "a.yaml, b.json"], {}, ["a.yaml", "b.json"], false],
    [[], { CODER_TASKS_MOCK_EXTEND: "a.yaml,b.json" }, ["a.yaml", "b.json"], false],
    [["--extend", "c.yaml"], { CODER_TASKS_MOCK_EXTEND: "a.yaml" }, ["c.yaml"], false],
    [[], { CODER_TASKS_MOCK_EXTEND_DYNAMIC: "1" }, [], true],
  ] as const)("%j with %j mean %j", (args, environment, files, isDynamic) => {
    expect(extendFrom(args, environment)).toEqual({ files, isDynamic });
  });

  test("a file that is left out is a mistake", () => {
    expect(() => extendFrom(["--extend"])).toThrow(/--extend.*argument missing/);
  });

  test("a switch that is neither on nor off is a mistake", () => {
    expect(extendFrom([], { CODER_TASKS_MOCK_EXTEND_DYNAMIC: "maybe" })).toEqual([
      'CODER_TASKS_MOCK_EXTEND_DYNAMIC is "maybe"; expected true or false.',
    ]);
  });
});
