import type { Express } from "express";
import { createExpressApp } from "../adapters/express/app.ts";
import { after } from "./after.ts";
import { bodyLimit } from "./body-limit.ts";
import { buildCore, type CoreOptions, type MockCore } from "./build-core.ts";
import type { Config } from "./config.ts";
import { Upgrades } from "./server/upgrades.ts";

/** A whole mock, not yet listening. */
export interface Mock extends MockCore {
  readonly app: Express;
  /** Lets WebSockets in. A server that does without them has 426 for who asks for one. */
  readonly upgrades: Upgrades;
}

/** A mock with the application that carries its requests. */
export async function buildMock(config: Config, options: CoreOptions): Promise<Mock> {
  const core = await buildCore(config, options);
  const { logger } = options;
  const upgrades = new Upgrades((err) => logger.error({ err }, "A WebSocket could not be opened."));
  const app = createExpressApp(core.engine, {
    bodyLimit,
    after,
    sockets: upgrades,
    report: (err) => logger.error({ err }, "An answer could not be written."),
  });
  return { ...core, app, upgrades };
}
