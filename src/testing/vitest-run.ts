import type { MockAddress } from "./find-mock-server.ts";

/** The name by which workers get the address of the run's mock. */
export const runKey = "coderTasksMock";

declare module "vitest" {
  interface ProvidedContext {
    readonly coderTasksMock?: MockAddress;
  }
}
