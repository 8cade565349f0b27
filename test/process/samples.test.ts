import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import {
  readPage,
  requireTools,
  type Sample,
  type SampleRunner,
  samplesOf,
  startSampleRunner,
} from "../support/docs-samples.ts";
import { differences } from "../support/sample-differences.ts";

/** Pages whose samples something else runs, or nothing can. */
const elsewhere: Readonly<Record<string, string>> = {
  "docs/container.md": "npm run test:image builds the image and runs them",
  "docs/performance.md": "the benchmark keeps both cores busy for minutes",
};

function pagesIn(folder: string): readonly string[] {
  return readdirSync(join(packageRoot, folder)).map((name) => `${folder}/${name}`);
}

/** What a `sh no-run` block may hold, line by line, and why a test cannot run it. */
const notRun: readonly (readonly [line: RegExp, reason: string])[] = [
  [/^npm ci && npm (?:start|test)$/, "installs anew, under the feet of the very test"],
  [/^npm (?:start|test|run [a-z:]+)\b/, "builds or tests the whole project, in which this test stands"],
  [/^npx vitest /, "runs tests, in which this test stands"],
  [/^(?:docker|podman) /, "needs a container engine; npm run test:image does the like"],
  [
    /^(?:apt-get install|cp .*nginx\.conf|nginx) /,
    "needs nginx; npm run test:recipes starts one with the very file",
  ],
];

const pages = ["README.md", ...["docs", "docs/rules", "docs/recipes"].flatMap(pagesIn)].filter(
  (page) => page.endsWith(".md") && !Object.hasOwn(elsewhere, page),
);

describe("the samples of the pages", () => {
  let runner: SampleRunner | undefined;

  beforeAll(async () => {
    await requireTools();
    runner = await startSampleRunner();
  }, 30_000);

  afterAll(() => runner?.close());

  test.each(pages)(
    "%s shows commands that work and what they print",
    async (page) => {
      if (runner === undefined) throw new Error("The server for the samples has not started.");
      const samples = samplesOf(page).filter(({ isNotRun }) => !isNotRun);
      expect(await failures(samples, runner)).toEqual([]);
    },
    // Some pages start dozens of programs.
    120_000,
  );

  test("the README shows what a server says when it is up", () => {
    expect(readPage("README.md")).toContain(`\`\`\`\n${runner?.greeting.trimEnd()}\n\`\`\``);
  });

  test("a block that is not run holds only commands that cannot be", () => {
    const lines = pages
      .flatMap(samplesOf)
      .flatMap(({ isNotRun, script, place }) =>
        isNotRun ? commandsOf(script).map((command) => ({ place, command })) : [],
      );
    expect(lines.filter(({ command }) => !notRun.some(([line]) => line.test(command)))).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  });

  test("the README has exactly two set-up commands", () => {
    const blocks = samplesOf("README.md").filter(({ script }) => script.includes("npm ci"));
    expect(blocks.map(({ script }) => script)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
  });

  test("the first sample of the README after the start works and shows its answer", () => {
    const [start, first] = samplesOf("README.md");
    expect(start?.script).toBe("npm ci && npm start");
    expect(first?.script).toMatch(/^curl http:\/\/127\.0\.0\.1:8080\/api\/v2\/tasks/);
    expect(first?.expected).toBeDefined();
  });
});

describe("the comparison with what a page promises", () => {
  test.each([
    ["json", '{"a": "...", "...": "..."}', '{"a":1,"b":2}', 0],
    ["json", '{"a": 1}', '{"a":1,"b":2}', 1],
    ["json", '{"a": 1, "b": 2}', '{"a":1}', 1],
    ["json", '["x", "..."]', '["x","y","z"]', 0],
    ["json", '["x", "..."]', "[]", 1],
    ["json", '"user-..."', '"user-7"', 0],
    ["json", '"user-..."', '"task-7"', 1],
    ["json", "{}", "no JSON", 1],
    ["text", "one\n...\nlast ...", "one\ntwo\nthree\nlast line", 0],
    ["text", "one\ntwo", "one\nthree", 1],
  ] as const)("%s: %s against %s", (language, text, output, count) => {
    expect(differences({ language, text }, output)).toHaveLength(count);
  });
});

/** Runs samples: those that speak to the server in their order, every heading anew, the others beside them. */
async function failures(samples: readonly Sample[], runner: SampleRunner): Promise<readonly string[]> {
  const talking = samples.filter(({ script }) => script.includes("http://"));
  const others = samples
    .filter((sample) => !talking.includes(sample))
    .map((sample) => failuresOf(sample, runner));
  const found: string[] = [];
  let section = -1;
  for (const sample of talking) {
    if (sample.section !== section) runner.reset();
    section = sample.section;
    found.push(...(await failuresOf(sample, runner)));
  }
  return [...found, ...(await Promise.all(others)).flat()];
}

async function failuresOf(
  { place, expected, ...sample }: Sample,
  runner: SampleRunner,
): Promise<readonly string[]> {
  const { code, output } = await runner.run(sample);
  if (code !== 0) return [`${place} ends with exit code ${code}:\n${output}`];
  return expected === undefined ? [] : differences(expected, output).map((one) => `${place}: ${one}`);
}

/** The commands of a script, a line each, without comments. */
function commandsOf(script: string): readonly string[] {
  return script
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
