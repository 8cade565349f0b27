import {
  type BrowserContext,
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
  extraHTTPHeaders: ({ extraHTTPHeaders, world, user }, use) =>
    use({
      ...extraHTTPHeaders,
      "X-Mock-World": world.id,
      ...(user === undefined ? {} : { "Coder-Session-Token": world.token(user) }),
    }),
  context: async ({ context, baseURL, world, user }, use) => {
    if (user !== undefined) await signIn(context, { url: baseURL ?? world.url, token: world.token(user) });
    await use(context);
  },
});

/** Browsers open WebSockets without extra headers, but with cookies. */
async function signIn(
  context: BrowserContext,
  { url, token }: { readonly url: string; readonly token: string },
): Promise<void> {
  await context.addCookies([{ name: "coder_session_token", value: token, url }]);
}
