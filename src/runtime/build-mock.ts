import type { Express } from "express";
import { createExpressApp } from "../adapters/express/app.ts";
import type { ServerState } from "../admin/admin-context.ts";
import { createEngine } from "../engine/engine.ts";
import { WorldHost, type WorldOptions } from "../engine/world-host.ts";
import { formatFinding, ScenarioError } from "../scenarios/scenario-source.ts";
import { createAdmin } from "./admin-wiring.ts";
import type { Config } from "./config.ts";
import { openDocuments } from "./contract-files.ts";
import { ContractStore } from "./contract-store.ts";
import { hostTime } from "./host-time.ts";
import type { Logger } from "./logger.ts";
import { openScenarios, realStart, type ScenarioStore } from "./scenario-store.ts";
import { type SignIn, signInsOf } from "./sign-ins.ts";
import { StartError } from "./start-error.ts";

/** Larger bodies are refused: sixteen times what any operation takes. */
const bodyLimit = 1_048_576;
/** The journal keeps this many exchanges of a world. */
const journalLimit = 1_000;

/** A whole mock, wired, not yet listening. */
export interface Mock {
  readonly app: Express;
  readonly host: WorldHost;
  /** The token of the admin API, when it needs one. */
  readonly adminToken: string | undefined;
  signIns(): readonly SignIn[];
  setState(state: ServerState): void;
}

export interface MockOptions {
  readonly logger: Logger;
  /** Check and serialise every answer anew each time. For tests; slow. */
  readonly recheck?: boolean;
}

/** Wires a mock from its configuration: the whole graph of objects stands here. */
export async function buildMock(config: Config, { logger, recheck = false }: MockOptions): Promise<Mock> {
  const contracts = new ContractStore(await openDocuments(), { recheck });
  const { host, scenarios } = await startWorld(config, contracts);
  const admin = createAdmin({ config, contracts, scenarios });
  const engine = createEngine({
    host,
    admin: admin.surface,
    policy: config.policy,
    cors: config.cors,
    report: (error, { method, path }) =>
      logger.error({ err: error, method, path }, "A request hit a bug of the mock."),
  });
  return {
    app: createExpressApp(engine, { bodyLimit }),
    host,
    adminToken: admin.token,
    signIns: () => signInsOf(host.world),
    setState: admin.setState,
  };
}

async function startWorld(
  config: Config,
  contracts: ContractStore,
): Promise<{ readonly host: WorldHost; readonly scenarios: ScenarioStore }> {
  const { store, name } = await openScenarios(config.scenario).catch(explainScenario);
  const choice = { scenario: name, seed: config.seed, at: realStart(config.clock) };
  const start = await store.startFor(choice).catch(explainScenario);
  if (start === undefined) {
    throw new StartError(
      `There is no scenario ${JSON.stringify(name)}. Known: ${store.library.names().join(", ")}.`,
    );
  }
  const options: WorldOptions = {
    settings: {
      scenario: name,
      seed: config.seed,
      revision: config.revision,
      profile: config.profile,
      auth: config.auth,
    },
    clock: config.clock,
    journalLimit,
  };
  const parts = {
    surfaceFor: (key: Pick<Config, "revision" | "profile">) => contracts.surfaceFor(key),
    startFor: (asked: Parameters<ScenarioStore["startFor"]>[0]) => store.startFor(asked),
    hostTime,
  };
  return { host: new WorldHost("default", options, { parts, start }), scenarios: store };
}

function explainScenario(error: unknown): never {
  if (!(error instanceof ScenarioError)) throw error;
  throw new StartError(error.findings.map(formatFinding).join("\n"), { cause: error });
}
