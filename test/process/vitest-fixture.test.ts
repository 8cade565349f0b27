import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltPackage, buildPackage, makeProject } from "../support/built-package.ts";
import { type RanTest, runIn, vitestCommand, vitestTests } from "../support/test-runs.ts";

const broken =
  /^MockError: The contract was broken in 1 place in world "[^"]+":\n {2}request 1, POST \/\S+\/send, answered with 400: request body\/input: expected a string, received 7 \(type, \S+\) \(node_modules\/coder-tasks-mock\/docs\/rules\/type\.md\)/;

/** How the tests of the projects talk to the mock. */
const send = `
export async function send(world, input) {
  const headers = { "Coder-Session-Token": world.token("olga"), "Content-Type": "application/json" };
  const order = { method: "POST", headers, body: JSON.stringify({ input }) };
  return (await fetch(\`\${world.url}/api/v2/tasks/me/dark-mode/send\`, order)).status;
}
`;

const suite = `
import { test } from "coder-tasks-mock/vitest";
import { describe, expect } from "vitest";
import { send } from "./send.js";

test("does as documented", async ({ world }) => expect(await send(world, "Go.")).toBe(204));
test("leaves a violation", async ({ world }) => expect(await send(world, 7)).toBe(400));
test("fails and leaves a violation", async ({ world }) => expect(await send(world, 7)).toBe(204));
test("uses a fault to break the contract", async ({ world }) => {
  await world.faults.add({ fault: { kind: "break-contract", pointer: "/tasks/0/status", change: "missing" } });
  const headers = { "Coder-Session-Token": world.token("olga") };
  await fetch(\`\${world.url}/api/v2/tasks\`, { headers });
  expect((await world.violations.list()).total).toBeGreaterThan(0);
});
test("is better at its second attempt", { retry: 1 }, ({ world, task }) =>
  task.result.retryCount === 0 ? send(world, 7) : send(world, "Go."));
test.extend({ failOnViolations: false })("may break the contract", async ({ world }) =>
  expect(await send(world, 7)).toBe(400));

describe("a suite", () => {
  test.override({ failOnViolations: false, worldOptions: { clock: "manual", scenario: "every-status" } });
  test("has worlds and rules of its own", async ({ world }) => {
    await fetch(\`\${world.url}/api/v2/tasks?limit=many\`);
    const { scenario, clock } = await world.info();
    expect([scenario, clock.mode]).toEqual(["every-status", "manual"]);
  });
});

describe("a suite with a mistake", () => {
  test.override({ worldOptions: { scenario: "nowhere" } });
  test("cannot have a world", ({ world }) => world);
});
`;

const crowd = `
import { test } from "coder-tasks-mock/vitest";
import { afterAll, describe, expect } from "vitest";
import { send } from "./send.js";

const seen = [];
describe.concurrent("a crowd", () => {
  for (let one = 1; one <= 20; one++) {
    test(\`member \${one}\`, async ({ world, mock, expect }) => {
      seen.push(world.id);
      await send(world, "Go.");
      if (one % 2) await world.task("dark-mode").app({ health: "unhealthy" });
      expect(await world.requests.count()).toBe(1);
      expect((await world.task("dark-mode").get()).status).toBe(one % 2 ? "error" : "active");
      expect(mock.url.startsWith("http://127.0.0.1:")).toBe(true);
    });
  }
});
test("they had twenty worlds, which are gone", async ({ mock }) => {
  expect(new Set(seen).size).toBe(20);
  const left = (await mock.listWorlds()).worlds.map(({ id }) => id);
  expect(left.filter((id) => seen.includes(id))).toEqual([]);
});
`;

const ofExec = (title: string) => `
import { test } from "coder-tasks-mock/vitest";
test("${title}", ({ mock, expect }) => expect(mock.url).toBe(process.env.CODER_URL));
`;

const configured = (globalSetup: string) =>
  `export default { test: { globalSetup: ${JSON.stringify(globalSetup)} } };`;

describe("the fixture for vitest", () => {
  let built: BuiltPackage;
  beforeAll(async () => {
    built = await buildPackage();
  });
  afterAll(() => built.remove());

  const runProject = async (
    files: Readonly<Record<string, string>>,
    command: readonly string[] = vitestCommand,
  ) => {
    const project = makeProject(built, { files: { "send.js": send, ...files }, packages: ["vitest"] });
    try {
      return await runIn(project, command);
    } finally {
      project.remove();
    }
  };

  const exec = (...args: readonly string[]) => [
    join(built.folder, "dist", "cli", "main.js"),
    "exec",
    ...args,
    "--",
    process.execPath,
    ...vitestCommand,
  ];

  test("fails the tests that leave violations, and no other", async () => {
    const ran = await runProject({ "suite.test.js": suite });
    const tests = vitestTests(ran);
    const of = (title: string): Partial<RanTest> => tests.get(title) ?? {};
    expect(ran.code).toBe(1);
    expect([...tests.values()].filter(({ status }) => status === "failed").map(({ title }) => title)).toEqual(
      ["leaves a violation", "fails and leaves a violation", "cannot have a world"],
    );
    expect(of("leaves a violation").messages).toEqual([expect.stringMatching(broken)]);
    expect(of("fails and leaves a violation").messages).toEqual([
      expect.stringContaining("expected 400 to be 204"),
      expect.stringMatching(broken),
    ]);
    expect(of("cannot have a world").messages).toEqual([
      expect.stringMatching(/^MockError: POST \/__admin\/worlds .*There is no scenario "nowhere"\. Known: /),
    ]);
  });

  test("gives each of twenty tests at once its own world, on the one mock of a run", async () => {
    const files = {
      "one.test.js": crowd,
      "two.test.js": crowd,
      "vitest.config.js": configured("coder-tasks-mock/vitest/global-setup"),
    };
    const ran = await runProject(files);
    expect([ran.code, [...vitestTests(ran).values()].filter(({ status }) => status !== "passed")]).toEqual([
      0,
      [],
    ]);
  });

  test.each(["threads", "vmThreads", "vmForks"])("serves the pool %s as it does processes", async (pool) => {
    const ran = await runProject({ "one.test.js": crowd }, [...vitestCommand, `--pool=${pool}`]);
    expect([ran.code, [...vitestTests(ran).values()].flatMap(({ messages }) => messages)]).toEqual([0, []]);
  });

  test("takes the mock of exec where there is one", async () => {
    const fine = { "one.test.js": ofExec("one"), "two.test.js": ofExec("two") };
    const underExec = await runProject(fine, exec());
    expect([underExec.code, vitestTests(underExec).size]).toEqual([0, 2]);
  });

  test("fails a run when a gate has something against its mock", async () => {
    const settled = `
      import { createGlobalSetup } from "coder-tasks-mock/vitest/global-setup";
      export const setup = createGlobalSetup({ minCoverage: 90 });
    `;
    const guarded = await runProject({
      "one.test.js": crowd,
      "setup.js": settled,
      "vitest.config.js": configured("./setup.js"),
    });
    expect(guarded.code).toBe(1);
    expect(guarded.err).toMatch(/MockError: .*90: .* of operations and documented statuses were met/);
    expect([...vitestTests(guarded).values()].every(({ status }) => status === "passed")).toBe(true);
  });

  test("says which choice of a mock makes no sense", async () => {
    const files = {
      "choice.test.js": `
        import { createWorldTest } from "coder-tasks-mock/vitest";
        const test = (mockServer) => createWorldTest({ mockServer });
        test({ url: "http://127.0.0.1:1", seed: 5 })("two ways", ({ world }) => world);
        test({ url: "127.0.0.1:1" })("no address", ({ world }) => world);
        test({ scenaro: "empty" })("no option", ({ world }) => world);
      `,
    };
    const tests = vitestTests(await runProject(files));
    const messages = [...tests.values()].flatMap((one) =>
      one.messages.map((message) => message.split("\n")[0]),
    );
    expect(messages).toEqual([
      "MockError: mockServer has url, so seed would play no part: start that mock with it, or make it an option of worlds.",
      'MockError: "127.0.0.1:1" is no address of a mock; expected one such as "http://127.0.0.1:8080".',
      expect.stringMatching(/^MockError: There is no option scenaro\. Known: /),
    ]);
  });
}, 180_000);
