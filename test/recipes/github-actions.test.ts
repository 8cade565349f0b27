import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { bundleProgram, type Program } from "../support/bundled-program.ts";
import { type Serving, startReplica } from "./replica.ts";

type Variables = Readonly<Record<string, string>>;

interface Job {
  readonly services?: Readonly<
    Record<string, { readonly image: string; readonly ports: readonly string[]; readonly env: Variables }>
  >;
  readonly env?: Variables;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

const source = readFileSync(join(packageRoot, "docs/recipes/github-actions/mock.yml"), "utf8");
const { jobs }: { readonly jobs: Readonly<Record<string, Job>> } = parse(source);

/** What a reader's tests may do: ask for the tasks, with no more than a warning or in a way that breaks the contract. */
const suite = `
  const { CODER_URL, CODER_SESSION_TOKEN } = process.env;
  const ask = (path, options) =>
    fetch(CODER_URL + path, { ...options, headers: { "Coder-Session-Token": CODER_SESSION_TOKEN } });
  const answer = await ask("/api/v2/tasks?limit=5");
  const { tasks } = await answer.json();
  console.log("tasks with an error:", tasks.filter(({ status }) => status === "error").length > 0);
  if (process.argv.includes("careless")) await ask("/api/v2/tasks/me", { method: "POST", body: "{}" });
`;

let program: Program;
let folder: string;

beforeAll(async () => {
  program = await bundleProgram();
});
afterAll(() => program.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mock-workflow-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["careful", "careless"])("the workflow of the recipe, with a %s client,", (manner) => {
  beforeEach(() => writeProject(manner));

  test("runs in a service container", async () => {
    const job = jobs["in-a-service-container"];
    const { "coder-server": service } = job?.services ?? {};
    if (job === undefined || service === undefined) throw new Error("The service is gone.");
    expect(service.ports).toEqual(["127.0.0.1:8080:8080"]);
    const mock = await startReplica(program.file, { port: 0, args: [], environment: service.env });
    const ended = await runSteps(job, mock).finally(() => mock.stop());
    expect(ended.map(({ name, code }) => [name, code])).toEqual([
      ["npm ci", 0],
      ["npm test", 0],
      ["curl --fail-with-body", manner === "careful" ? 0 : 1],
      ["curl --fail-with-body", 0],
    ]);
    expect(ended[1]?.output).toContain("tasks with an error: true");
    expect(summary()).toContain("| list-ai-tasks | 1 | 200 |");
  });

  test("runs without a container", async () => {
    const job = jobs["without-a-container"];
    if (job === undefined) throw new Error("The job is gone.");
    const ended = await runSteps(job);
    expect(ended.map(({ name, code }) => [name, code])).toEqual([
      ["npm ci", 0],
      ["npx coder-tasks-mock", manner === "careful" ? 0 : 1],
    ]);
    expect(ended[1]?.output).toContain("tasks with an error: true");
    expect(summary()).toContain("| list-ai-tasks | 1 | 200 |");
    expect(existsSync(join(folder, "mock-reports/coverage.junit.xml"))).toBe(true);
  });
});

test("the workflow of the recipe needs no secret", () => {
  expect(source).not.toContain("secrets.");
  for (const { env } of Object.values(jobs["in-a-service-container"]?.services ?? {})) {
    expect(env["CODER_TASKS_MOCK_ADMIN_TOKEN"]).toBe(
      jobs["in-a-service-container"]?.env?.["CODER_TASKS_MOCK_ADMIN_TOKEN"],
    );
  }
});

function summary(): string {
  return readFileSync(join(folder, "summary.md"), "utf8");
}

/** A reader's repository, which has the mock among its dependencies. */
function writeProject(manner: string): void {
  const mock = { name: "coder-tasks-mock", version: "0.1.0", bin: "main.mjs", type: "module" };
  const project = {
    name: "project",
    version: "1.0.0",
    scripts: { test: `node suite.mjs ${manner}` },
    devDependencies: { "coder-tasks-mock": "file:mock" },
  };
  const packages = {
    "": project,
    mock: { version: mock.version, bin: { "coder-tasks-mock": mock.bin } },
    "node_modules/coder-tasks-mock": { resolved: "mock", link: true },
  };
  mkdirSync(join(folder, "mock"));
  const files = {
    "suite.mjs": suite,
    "package.json": JSON.stringify(project),
    "package-lock.json": JSON.stringify({ name: project.name, lockfileVersion: 3, packages }),
    "mock/package.json": JSON.stringify(mock),
    "mock/main.mjs": `#!/usr/bin/env node\nawait import(${JSON.stringify(program.file)});\n`,
    "summary.md": "",
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

interface Ended {
  /** The first two words of what was run. */
  readonly name: string;
  readonly code: number;
  readonly output: string;
}

/** Runs the commands of a job as the runner does, those behind a failure, too: they are marked so. */
async function runSteps({ env = {}, steps }: Job, mock?: Serving): Promise<readonly Ended[]> {
  const { PATH = "", HOME = "" } = process.env;
  const published = Object.entries(env).map(([name, value]) => [
    name,
    mock === undefined ? value : value.replace("http://127.0.0.1:8080", mock.url),
  ]);
  const variables = { GITHUB_STEP_SUMMARY: join(folder, "summary.md"), ...Object.fromEntries(published) };
  const ended: Ended[] = [];
  for (const { run } of steps) {
    if (run === undefined) continue;
    const child = spawn("bash", ["-e", "-c", run], {
      cwd: folder,
      env: { PATH, HOME, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    const name = run.split(/\s+/).slice(0, 2).join(" ");
    ended.push({ name, code: Number(code), output: out + err });
  }
  return ended;
}
