import { test as base, inject, type TestAPI } from "vitest";
import type { MockServer } from "../client/mock-server.ts";
import type { MockWorld } from "../client/mock-world.ts";
import { findMockServer, type MockServerChoice } from "./find-mock-server.ts";
import { runKey } from "./vitest-run.ts";
import type { WorldSettings } from "./world-settings.ts";

/** What tests get, by name. `worldOptions` and `failOnViolations` are there to be overridden. */
export interface WorldFixtures extends WorldSettings {
  readonly mockServer: MockServerChoice;
  /** The mock that the tests share. */
  readonly mock: MockServer;
  /** The test's own world. */
  readonly world: MockWorld;
}

export interface WorldTestOptions extends Partial<WorldSettings> {
  readonly mockServer?: MockServerChoice | undefined;
}

export type WorldTest = TestAPI<WorldFixtures>;

/** Vitest's `test`, with a world for each test that asks for one. */
export function createWorldTest(options: WorldTestOptions = {}): WorldTest {
  const { mockServer = {}, worldOptions = {}, failOnViolations = true } = options;
  // Without `using`: in the contexts of the pools vmThreads and vmForks there is no Symbol.asyncDispose before Node 24.
  return base.extend<WorldFixtures>({
    mockServer: [mockServer, { scope: "worker" }],
    mock: [
      async ({ mockServer }, use) => {
        const mock = await findMockServer(mockServer, inject(runKey));
        try {
          await use(mock);
        } finally {
          await mock.close();
        }
      },
      { scope: "worker" },
    ],
    worldOptions,
    failOnViolations,
    world: async ({ mock, worldOptions, failOnViolations, onTestFinished }, use) => {
      const world = await mock.world(worldOptions);
      try {
        await use(world);
        if (!failOnViolations) return;
        // What the end of a fixture throws is told twice by vitest, and a retry that is fine does not make good for it.
        await world.violations.expectNone().catch((error: unknown) =>
          onTestFinished(() => {
            throw error;
          }),
        );
      } finally {
        await world.close();
      }
    },
  });
}

/** Vitest's `test`, with a world for each test that asks for one, and a mock with the defaults of its options. */
export const test = createWorldTest();
