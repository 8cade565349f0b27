import type { ServerState } from "../admin/admin-context.ts";
import { type SignIn, signInsOf } from "../domain/sign-ins.ts";
import { LedgerBook } from "../engine/coverage/ledger-book.ts";
import { createEngine, type Engine } from "../engine/engine.ts";
import { FallbackAnswers } from "../engine/fallback/fallback-answers.ts";
import { EventLog } from "../engine/journal/event-log.ts";
import { WorldHost } from "../engine/worlds/world-host.ts";
import type { WorldOptions } from "../engine/worlds/world-options.ts";
import type { WorldParts } from "../engine/worlds/world-parts.ts";
import { Worlds } from "../engine/worlds/worlds.ts";
import { formatFinding, ScenarioError } from "../scenarios/scenario-source.ts";
import { createAdmin } from "./admin-wiring.ts";
import { after } from "./after.ts";
import { askAdmin } from "./ask-admin.ts";
import { type Assets, loadAssets } from "./assets.ts";
import type { Config } from "./config.ts";
import { openExtensions } from "./extend/extend-surfaces.ts";
import { createLazyGenerator } from "./fallback-generator.ts";
import { hostTime } from "./host-time.ts";
import type { Logger } from "./logger.ts";
import { writeCoverage } from "./reports/coverage-files.ts";
import { failedGates } from "./reports/gates.ts";
import { Reports } from "./reports/reports.ts";
import { addStepSummary } from "./reports/step-summary.ts";
import { watchViolations } from "./reports/watch-violations.ts";
import { openScenarios, realStart, type ScenarioStore } from "./scenario-store.ts";
import { StartError } from "./start-error.ts";

/** The journal of a world keeps this much. */
const journal = { exchanges: 1_000, bytes: 4_194_304 };

/** All of a mock but what carries its requests. */
export interface MockCore {
  readonly engine: Engine;
  /** The default world. */
  readonly host: WorldHost;
  readonly worlds: Worlds;
  /** The token of the admin API, when it needs one. */
  readonly adminToken: string | undefined;
  signIns(): readonly SignIn[];
  setState(state: ServerState): void;
  /** Writes the reports that were asked for: to be called when all is served. */
  writeReports(): Promise<void>;
  /** What the gates that were asked for have to say against all that was served, a line each; none when it passes. */
  failedGates(): readonly string[];
  /** What was met of the contract, for the console; empty when nobody asked for it. */
  coverageTable(): string;
  /** Adds the same to the summary of a step on GitHub, where the environment names one; gives a line when that fails. */
  addStepSummary(environment: Readonly<Record<string, string | undefined>>): string;
  /** Lets go of all who wait or listen. */
  stop(): void;
}

export interface CoreOptions {
  readonly logger: Logger;
  /** Shared with other mocks of the process; read from disk when left out. */
  readonly assets?: Assets;
}

/** Wires a mock from its configuration: the whole graph of objects stands here. */
export async function buildCore(config: Config, { logger, assets }: CoreOptions): Promise<MockCore> {
  const { contracts, library } = assets ?? (await loadAssets());
  const violations = watchViolations(config, logger);
  const reports = config.reportDir === undefined ? undefined : new Reports(config.reportDir);
  const { surfaces: extensions, ...extended } = await openExtensions(config, { contracts, logger });
  const opened = openScenarios(config.scenario, library, extended.operations);
  const { store: scenarios, name } = await opened.catch(explainScenario);
  const worldParts: WorldParts<WorldHost> = {
    surfaceFor: (key) => contracts.surfaceFor(key),
    hostTime,
    after,
    events: new EventLog(),
    answers: new FallbackAnswers(createLazyGenerator(), extended.unmodelled),
    coverage: new LedgerBook(),
    violations: violations.log,
    // Safe although `contextOf` stands below: a world leaves by a reset or at its end, and a request comes before both.
    leaving: reports && ((leaver) => reports.take(contextOf(leaver))),
  };
  const host = await startWorld({ ...config, scenario: name }, { worldParts, scenarios });
  const worlds = new Worlds(host, { limit: config.maxWorlds, strict: config.strictWorlds, hostTime });
  const admin = createAdmin({ config, contracts, scenarios, worlds, worldParts, extensions });
  const contextOf = (one: WorldHost) => admin.surface.contextFor(one, { named: one.id });
  const engine = createEngine({
    worlds,
    admin: admin.surface,
    policy: config.policy,
    cors: config.cors,
    extensions,
    report: (error, { method, path }) =>
      logger.error({ err: error, method, path }, "A request hit a bug of the mock."),
  });
  const coverage = () => host.coverage.report(host.ledger);
  return {
    engine,
    host,
    worlds,
    adminToken: admin.token,
    signIns: () => signInsOf(host.world),
    setState: admin.setState,
    writeReports: async () => {
      for (const one of worlds.list()) reports?.take(contextOf(one));
      await reports?.finish((target) => askAdmin(engine, { target, token: admin.token }));
    },
    failedGates: () => failedGates(config, { violations: worldParts.violations, coverage }),
    coverageTable: () => (config.minCoverage === undefined ? "" : writeCoverage(coverage(), "text")),
    addStepSummary: (environment) => addStepSummary(coverage, environment),
    stop: () => {
      admin.setState("stopping");
      worlds.stop();
      worldParts.events.end();
      violations.end();
    },
  };
}

async function startWorld(
  { scenario, seed, revision, profile, auth, clock }: Config,
  {
    worldParts,
    scenarios,
  }: { readonly worldParts: WorldParts<WorldHost>; readonly scenarios: ScenarioStore },
): Promise<WorldHost> {
  const start = await scenarios.startFor({ scenario, seed, at: realStart(clock) }).catch(explainScenario);
  if (start === undefined) {
    const known = scenarios.library.names().join(", ");
    throw new StartError(`There is no scenario ${JSON.stringify(scenario)}. Known: ${known}.`);
  }
  const options: WorldOptions = {
    settings: { scenario, seed, revision, profile, auth },
    clock,
    journal,
  };
  return new WorldHost("default", options, { parts: worldParts, start });
}

function explainScenario(error: unknown): never {
  if (!(error instanceof ScenarioError)) throw error;
  throw new StartError(error.findings.map(formatFinding).join("\n"), { cause: error });
}
