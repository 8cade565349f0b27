import {
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from "@playwright/test";
import type { MockServer } from "../client/mock-server.ts";
import type { MockWorld } from "../client/mock-world.ts";
import { findMockServer, type MockServerChoice } from "./find-mock-server.ts";
import type { WorldSettings } from "./world-settings.ts";

/** Options for `use` in the configuration, and for `test.use`. */
export interface WorldTestOptions extends WorldSettings {
  /** Who the pages and requests of a test are signed in as; nobody when undefined. */
  readonly user: string | undefined;
}

/** Options that all tests of a worker share. */
export interface MockWorkerOptions {
  readonly mockServer: MockServerChoice;
}

interface TestFixtures extends WorldTestOptions {
  /** The test's own world. */
  readonly world: MockWorld;
}

interface WorkerFixtures extends MockWorkerOptions {
  /** The mock that the tests of the worker share. */
  readonly mock: MockServer;
}

export type WorldTest = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & TestFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
>;

/** Playwright's `test`, with a world for each test: pages and requests of the test reach that world. */
export const test: WorldTest = base.extend<TestFixtures, WorkerFixtures>({
  mockServer: [{}, { scope: "worker", option: true }],
  mock: [
    async ({ mockServer }, use) => {
      await using mock = await findMockServer(mockServer);
      await use(mock);
    },
    { scope: "worker" },
  ],
  worldOptions: [{}, { option: true }],
  failOnViolations: [true, { option: true }],
  user: [undefined, { option: true }],
  world: async ({ mock, worldOptions, failOnViolations }, use) => {
    await using world = await mock.world(worldOptions);
    await use(world);
    if (failOnViolations) await world.violations.expectNone();
  },
  baseURL: ({ baseURL, mock }, use) => use(baseURL ?? mock.url),
  request: async ({ playwright, extraHTTPHeaders, world, user }, use) => {
    const token = user === undefined ? {} : { "Coder-Session-Token": world.token(user) };
    const request = await playwright.request.newContext({
      extraHTTPHeaders: { ...extraHTTPHeaders, "X-Mock-World": world.id, ...token },
    });
    await use(request);
    await request.dispose();
  },
  context: async ({ context, extraHTTPHeaders, baseURL, mock, world, user }, use) => {
    if (user === undefined) {
      await context.setExtraHTTPHeaders({ ...extraHTTPHeaders, "X-Mock-World": world.id });
    } else {
      // A token names its world, and a cookie goes along with WebSockets and makes no cross-origin call a preflighted one.
      const cookie = { name: "coder_session_token", value: world.token(user) };
      const hosts = [mock.url, baseURL ?? mock.url].map((url) => new URL("/", url).href);
      await context.addCookies(hosts.map((url) => ({ ...cookie, url })));
    }
    await use(context);
  },
});
