import type { NewWorldOptions } from "../client/mock-server.ts";

/** What tests can choose for themselves, in both test runners by the same names. */
export interface WorldSettings {
  /** What the world of a test begins as. */
  readonly worldOptions: NewWorldOptions;
  /** Whether a test fails whose world has seen the contract broken, but for breaches that a planned fault caused. */
  readonly failOnViolations: boolean;
}
