import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltPackage, buildPackage, makeProject } from "../support/built-package.ts";
import { playwrightCommand, playwrightTests, runIn } from "../support/test-runs.ts";

const configuration = `
import { defineConfig } from "@playwright/test";
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
export default defineConfig({ use: { launchOptions: { executablePath: "/usr/bin/chromium", args } } });
`;

const suite = `
import { createServer } from "node:http";
import { expect } from "@playwright/test";
import { test } from "coder-tasks-mock/playwright";

test("a page without a user is in the world of its test", async ({ page, world }) => {
  await page.goto("/api/v2/buildinfo");
  await world.requests.expect({ operation: "get-build-info" }, { count: 1 });
});

test.describe("with a user", () => {
  test.use({ user: "olga" });

  test("a page and its WebSocket are in the world of their test", async ({ page, world }) => {
    await world.task("dark-mode").report({ state: "working", message: "Only in this world." });
    await page.goto("/api/v2/tasks/me/dark-mode");
    await expect(page.locator("body")).toContainText("Only in this world.");
    const { workspace } = await world.task("dark-mode").get();
    const path = \`/api/v2/workspaces/\${workspace.id}/watch-ws\`;
    const first = await page.evaluate((path) => new Promise((resolve) => {
      const socket = new WebSocket(location.origin.replace("http", "ws") + path);
      socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
      socket.onclose = () => resolve("closed");
    }), path);
    expect(first).toBe("data");
    await world.requests.expect({ path, status: "1xx" }, { count: 1 });
  });

  test("calls of a page to others are as they were", async ({ page }) => {
    const asked = [];
    const other = createServer((request, response) => {
      asked.push([request.method, request.headers["x-mock-world"], request.headers["coder-session-token"]]);
      response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("fine");
    });
    await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
    await page.goto("/api/v2/tasks");
    const url = \`http://localhost:\${other.address().port}\`;
    expect(await page.evaluate((url) => fetch(url).then((answer) => answer.text()), url)).toBe("fine");
    expect(asked).toEqual([["GET", undefined, undefined]]);
    other.close();
    other.closeAllConnections();
  });
});
`;

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage();
});
afterAll(() => built.remove());

test("the fixtures for Playwright lead pages of a real browser into the world of their test", async () => {
  const files = { "playwright.config.js": configuration, "pages.spec.js": suite };
  const project = makeProject(built, { files, packages: ["@playwright/test"] });
  try {
    const tests = [...playwrightTests(await runIn(project, playwrightCommand)).values()];
    expect(tests.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(tests.length).toBe(3);
  } finally {
    project.remove();
  }
});
