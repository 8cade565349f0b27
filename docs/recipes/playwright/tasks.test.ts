import { type MockWorld, type StartedMockServer, startMockServer } from "coder-tasks-mock";
import { type Browser, chromium, type Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, test as base, beforeAll, describe, expect, vi } from "vitest";

// A browser on a busy machine takes longer than the five seconds that vitest gives a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const here = import.meta.dirname;
let mock: StartedMockServer;
let site: ViteDevServer;
let browser: Browser;
let home: string;

beforeAll(async () => {
  mock = await startMockServer({ strictWorlds: true });
  vi.stubEnv("CODER_URL", mock.url);
  site = await createServer({
    root: `${here}/../vite`,
    server: { port: 0, host: "127.0.0.1" },
    logLevel: "error",
  });
  await site.listen();
  home = site.resolvedUrls?.local[0] ?? "";
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    // Root, as in a container, needs the first. The last three keep Chromium off the network.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await mock?.close();
  vi.unstubAllEnvs();
});

interface Visit {
  readonly world: MockWorld;
  readonly page: Page;
}

const test = base.extend<Visit>({
  // biome-ignore lint/correctness/noEmptyPattern: it tells vitest that this fixture needs no other.
  world: async ({}, use) => {
    await using world = await mock.world({ clock: "manual" });
    await use(world);
    await world.violations.expectNone();
  },
  // mateo's browser. His token goes where a deployment keeps it, and tells the mock whose request it is and of which world.
  page: async ({ world }, use) => {
    await using context = await browser.newContext({ viewport: { width: 1000, height: 720 } });
    await context.addCookies([{ name: "coder_session_token", value: world.token("mateo"), url: home }]);
    const page = await context.newPage();
    const mistakes: unknown[] = [];
    page.on("pageerror", (error) => mistakes.push(error));
    await use(page);
    expect(mistakes).toEqual([]);
  },
});

describe.concurrent("the page of tasks", () => {
  test("lists the tasks of who is signed in", async ({ page, expect }) => {
    await page.goto(home);
    const links = page.getByRole("navigation").getByRole("link");
    await links.first().waitFor();
    expect(await links.locator("strong").allTextContents()).toEqual([
      "csv-import",
      "mobile-menu",
      "report-query",
    ]);
    expect(await links.locator(".badge").allTextContents()).toEqual(["active", "error", "paused"]);
  });

  test("sends an input and shows the answer when it comes", async ({ world, page, expect }) => {
    await page.goto(`${home}#csv-import`);
    await page.getByLabel("Your input").fill("Yes, mend the old rows, too.");
    await page.getByRole("button", { name: "Send" }).click();
    const conversation = page.getByRole("log");
    await conversation.getByText("Yes, mend the old rows, too.").waitFor();
    const before = await conversation.getByText("Agent").count();

    await world.clock.until({ task: "csv-import", state: "idle" });

    await conversation.getByText("Agent").nth(before).waitFor();
    const [sent] = await world.requests.expect({ operation: "send-input-to-ai-task" }, { count: 1 });
    expect(sent?.status).toBe(204);
    await page.screenshot({ path: `${here}/screenshots/answered.png` });
  });

  test("shows at once that a task was paused elsewhere", async ({ world, page }) => {
    await page.goto(`${home}#csv-import`);
    const link = page.getByRole("link", { name: "csv-import" });
    await link.getByText("active").waitFor();

    await world.task("csv-import").build({ transition: "stop" });
    await world.clock.until({ task: "csv-import", status: "paused" });

    await link.getByText("paused").waitFor();
  });

  test("tells why an input was refused, and keeps it", async ({ page, expect }) => {
    await page.goto(`${home}#report-query`);
    await page.getByLabel("Your input").fill("How far are you?");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("alert").getByText("paused").waitFor();
    expect(await page.getByLabel("Your input").inputValue()).toBe("How far are you?");
  });

  test("gets through an outage", async ({ world, page }) => {
    await world.faults.add({ fault: { kind: "status", status: 503 }, when: { first: 1 } });
    await page.goto(`${home}#csv-import`);
    await page.getByRole("alert").filter({ hasText: /./ }).waitFor();
    await page.getByRole("link", { name: "csv-import" }).waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("link", { name: "csv-import" }).waitFor();
  });
});
