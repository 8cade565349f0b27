import type { TestProject } from "vitest/node";
import { failProcess } from "../runtime/embedding/fail-process.ts";
import { findMockServer, type MockServerChoice } from "./find-mock-server.ts";
import { runKey } from "./vitest-run.ts";

type GlobalSetup = (project: TestProject) => Promise<() => Promise<void>>;

/** One mock for all the tests of a run, in the process of vitest itself: `export const setup = createGlobalSetup({ … })`. */
export function createGlobalSetup(mockServer: MockServerChoice = {}): GlobalSetup {
  return async (project) => {
    const mock = await findMockServer(mockServer);
    project.provide(runKey, { url: mock.url, adminToken: mock.adminToken });
    return () =>
      mock.close().catch((error: unknown) => {
        // Vitest prints what a teardown throws, and ends with 0.
        failProcess();
        throw error;
      });
  };
}

/** What vitest runs when this module itself is its `globalSetup`. */
export const setup: GlobalSetup = createGlobalSetup();
