import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltPackage, buildPackage, makeProject } from "../support/built-package.ts";
import { readPage } from "../support/docs-samples.ts";
import { playwrightCommand, playwrightTests, type RanTest, runIn } from "../support/test-runs.ts";

const suite = `
import { createServer } from "node:http";
import { expect } from "@playwright/test";
import { test } from "coder-tasks-mock/playwright";

const send = async (request, input) => {
  const answer = await request.post("/api/v2/tasks/me/dark-mode/send", { data: { input } });
  return answer.status();
};

test("is nobody", async ({ request, world }) => {
  expect((await request.get("/api/v2/tasks")).status()).toBe(401);
  expect(await world.requests.count()).toBe(1);
});

test.describe("as olga", () => {
  test.use({ user: "olga", worldOptions: { clock: "manual" }, extraHTTPHeaders: { "X-Of-The-Test": "kept" } });

  test("does as documented", async ({ request, world }) => {
    expect(await send(request, "Go.")).toBe(204);
    expect((await world.clock.get()).mode).toBe("manual");
    await world.requests.expect({ header: { "x-of-the-test": "kept" } });
  });
  test("leaves a violation", async ({ request }) => expect(await send(request, 7)).toBe(400));
  test("fails and leaves a violation", async ({ request }) => expect(await send(request, 7)).toBe(204));
  test("is better at its second attempt", async ({ request }, { retry }) => {
    if (retry === 0) await send(request, 7);
  });
  test.describe("with leave", () => {
    test.use({ failOnViolations: false });
    test("may break the contract", async ({ request }) => expect(await send(request, 7)).toBe(400));
  });
  for (let one = 1; one <= 20; one++) {
    test(\`member \${one} of a crowd\`, async ({ request, world }) => {
      await send(request, "Go.");
      if (one % 2) await world.task("dark-mode").app({ health: "unhealthy" });
      const { status } = await (await request.get("/api/v2/tasks/me/dark-mode")).json();
      expect(status).toBe(one % 2 ? "error" : "active");
      expect(await world.requests.count()).toBe(2);
    });
  }
});

test.describe("a page from elsewhere", () => {
  test.use({ user: "olga", baseURL: "http://127.0.0.1:9" });
  test("keeps its address", ({ baseURL }) => expect(baseURL).toBe("http://127.0.0.1:9"));
});

test.describe("with a mistake", () => {
  test.use({ user: "nobody" });
  test("cannot sign in", async ({ request }) => send(request, "Go."));
});
`;

const configuration = `
import { defineConfig } from "@playwright/test";
export default defineConfig({ testDir: "tests", fullyParallel: true, workers: 2, retries: 1 });
`;

describe("the fixtures for Playwright", () => {
  let built: BuiltPackage;
  beforeAll(async () => {
    built = await buildPackage();
  });
  afterAll(() => built.remove());

  const runProject = async (files: Readonly<Record<string, string>>) => {
    const project = makeProject(built, {
      files: { "playwright.config.ts": configuration, ...files },
      packages: ["@playwright/test"],
    });
    try {
      return await runIn(project, playwrightCommand);
    } finally {
      project.remove();
    }
  };

  test("give each test its own world, and fail those that leave violations", async () => {
    const ran = await runProject({ "tests/suite.spec.ts": suite });
    const tests = playwrightTests(ran);
    const of = (title: string): Partial<RanTest> => tests.get(title) ?? {};
    const failed = [...tests.values()].filter(({ status }) => status !== "passed").map(({ title }) => title);
    expect(failed).toEqual(["leaves a violation", "fails and leaves a violation", "cannot sign in"]);
    expect(tests.size).toBe(28);
    expect(ran.code).toBe(1);
    const broken =
      /^MockError: The contract was broken in 1 place in world "[^"]+":\n {2}request 1, POST \/\S+\/send, answered with 400: request body\/input: expected a string, received 7 \(type, \S+\) \(node_modules\/coder-tasks-mock\/docs\/rules\/type\.md\)/;
    expect(of("leaves a violation").messages).toEqual([expect.stringMatching(broken)]);
    expect(of("fails and leaves a violation").messages).toEqual([
      expect.stringContaining("toBe"),
      expect.stringMatching(broken),
    ]);
    expect(of("cannot sign in").messages).toEqual([
      expect.stringMatching(/^MockError: No user "nobody" can sign in to world "[^"]+"\. Known: .*olga/),
    ]);
  });

  test("run in a project of CommonJS, too", async () => {
    const ran = await runProject({
      "package.json": "{}",
      "tests/one.spec.ts": `
        import { test } from "coder-tasks-mock/playwright";
        test("has a world", async ({ world }) => world.clock.now());
      `,
    });
    expect([...playwrightTests(ran).values()]).toEqual([
      { title: "has a world", status: "passed", messages: [] },
    ]);
  });

  test("run the sample of docs/embedding.md", async () => {
    const samples = [...readPage("docs/embedding.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
      ([, sample = ""]) => sample,
    );
    const sample = samples.find(
      (text) => text.includes("coder-tasks-mock/playwright") && text.includes("test("),
    );
    const tests = [...playwrightTests(await runProject({ "tests/sample.spec.ts": sample ?? "" })).values()];
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter(({ status }) => status !== "passed")).toEqual([]);
  });
}, 180_000);
