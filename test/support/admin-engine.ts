import { stringify } from "yaml";
import type { AdminContext, ServerState, ServerView } from "../../src/admin/admin-context.ts";
import { createAdminOperations } from "../../src/admin/admin-operations.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import type { World } from "../../src/domain/world.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { LedgerBook } from "../../src/engine/coverage/ledger-book.ts";
import { createEngine, type Engine } from "../../src/engine/engine.ts";
import { FallbackAnswers } from "../../src/engine/fallback/fallback-answers.ts";
import type { After } from "../../src/engine/holds.ts";
import { EventLog } from "../../src/engine/journal/event-log.ts";
import { ViolationLog } from "../../src/engine/journal/violation-log.ts";
import { WorldHost } from "../../src/engine/worlds/world-host.ts";
import { Worlds } from "../../src/engine/worlds/worlds.ts";
import { createStatefulOperations } from "../../src/operations/stateful-operations.ts";
import { after as realAfter } from "../../src/runtime/after.ts";
import { createLazyGenerator } from "../../src/runtime/fallback-generator.ts";
import { ScenarioError } from "../../src/scenarios/scenario-source.ts";
import { type Contracts, contracts } from "./contracts.ts";
import { buildWorld, tokenFor, type Who } from "./world-builder.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape the contract has checked
  readonly body: any;
}

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface AdminEngine {
  readonly host: WorldHost;
  readonly worlds: Worlds;
  readonly engine: Engine;
  /** Calls the admin API; `path` is below its prefix. Fails when an answer breaks a contract or the mock has a bug. */
  admin(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Calls the tasks API; `path` is below its prefix. */
  api(method: string, path: string, by?: { readonly body?: unknown; readonly who?: Who }): Promise<Answer>;
  ask(ask: Ask): Promise<Answer>;
}

/** The contracts that all tests share. */
export function openContracts(): Promise<Contracts> {
  return Promise.resolve(contracts);
}

export interface AdminEngineOptions {
  readonly contracts: Contracts;
  readonly revision?: Revision;
  readonly profile?: Profile;
  readonly state?: ServerState;
  readonly server?: Partial<ServerView>;
  /** Where the world begins; without it, a world with people and a template but without tasks. */
  readonly start?: WorldStart;
  /** Milliseconds of the host's clock, for a world whose clock is set to run. */
  readonly hostTime?: () => number;
  /** Whether every call has to name its world. */
  readonly strict?: boolean;
  /** Timers; those of the host when left out. */
  readonly after?: After;
  /** Means of the context that are not stand-ins. */
  readonly means?: Partial<Pick<AdminContext, "startFrom" | "exportScenario">>;
}

/** What a world of these tests begins as: `test` and `other` are its scenarios. */
function testStart(): WorldStart {
  return buildWorld().start;
}

/** The real engine, with both APIs held to their documents. */
export function startAdminEngine(options: AdminEngineOptions): AdminEngine {
  const { contracts, revision = "2.34", profile = "wire", start = testStart(), after = realAfter } = options;
  const parts = {
    surfaceFor: (key: { readonly revision: Revision; readonly profile: Profile }) => ({
      contract: contracts.for(key),
      operations: createStatefulOperations(key),
    }),
    hostTime: options.hostTime ?? (() => 0),
    after,
    events: new EventLog(),
    answers: new FallbackAnswers(createLazyGenerator()),
    violations: new ViolationLog(100),
    coverage: new LedgerBook(),
  };
  const settings = { scenario: "test", seed: "1", revision, profile, auth: "strict" } as const;
  const clock = { mode: "manual", speed: 1 } as const;
  const host = new WorldHost(
    "default",
    { settings, clock, journal: { exchanges: 5, bytes: 131_072 } },
    { parts, start },
  );
  const worlds = new Worlds(host, { limit: 10, strict: options.strict ?? false, hostTime: parts.hostTime });
  const failures: unknown[] = [];
  const engine = createEngine<AdminContext>({
    worlds,
    admin: {
      surface: { contract: contracts.admin, operations: createAdminOperations() },
      contextFor: (of, { named }) => ({
        ...contextFor(of, options),
        named,
        worlds,
        events: parts.events,
        violations: parts.violations,
        after,
        openWorld: (id, worldOptions, begins) => {
          const opened = new WorldHost(id, worldOptions, { parts, start: begins });
          worlds.add(opened);
          return opened;
        },
      }),
    },
    policy: { requests: "enforce", responses: "enforce" },
    cors: { kind: "loopback" },
    report: (error) => failures.push(error),
  });
  const ask = (request: Ask) => askEngine(engine, request, failures);
  return {
    host,
    worlds,
    engine,
    ask,
    admin: (method, path, body) => ask({ method, path: `/__admin${path}`, body }),
    api: (method, path, by = {}) =>
      ask({
        method,
        path: `/api/v2${path}`,
        body: by.body,
        headers: { "coder-session-token": tokenFor(by.who ?? "siteOwner") },
      }),
  };
}

function contextFor(
  host: WorldHost,
  { contracts, state = "ready", server, means }: AdminEngineOptions,
): Omit<AdminContext, "named" | "worlds" | "events" | "violations" | "after" | "openWorld"> {
  return {
    worldTtl: undefined,
    toYaml: (value) => Promise.resolve(stringify(value)),
    host,
    server: {
      version: "0.0.0-test",
      state: () => state,
      uptimeMs: () => 5,
      specs: [{ name: "admin", digest: "abc" }],
      bind: "loopback",
      adminToken: undefined,
      ...server,
    },
    document: contracts.admin.document,
    contractFor: (key) => contracts.for(key),
    library: {
      names: () => ["other", "test"],
      get: (name) =>
        ["other", "test"].includes(name)
          ? {
              name,
              file: `${name}.yaml`,
              document: { description: `The ${name} one.` },
              locate: () => undefined,
            }
          : undefined,
    },
    startFor: ({ scenario }) =>
      Promise.resolve(["other", "test"].includes(scenario) ? testStart() : undefined),
    startFrom: (source) => {
      if (JSON.stringify(source.document) !== "{}") return Promise.resolve(testStart());
      const finding = { file: source.file, message: "nobody is in it", expected: "somebody" };
      const findings = [
        { ...finding, pointer: "" },
        { ...finding, pointer: "/users/0/username" },
      ];
      return Promise.reject(new ScenarioError(findings));
    },
    exportScenario: (world: World): JsonObject => ({ exported: true, seed: world.settings.seed }),
    ...means,
  };
}

async function askEngine(
  engine: Engine,
  { method, path, body, headers }: Ask,
  failures: unknown[],
): Promise<Answer> {
  const [plain = "", search = ""] = path.split("?");
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const response = await engine.handle({
    method,
    path: plain,
    search,
    headers: {
      host: "localhost:8080",
      ...(text === "" ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: { kind: "bytes", bytes: new TextEncoder().encode(text) },
  });
  const outcome = response.headers["X-Mock-Outcome"];
  const answer = response.body === undefined ? undefined : new TextDecoder().decode(response.body);
  if (outcome === "bug" || outcome === "contract-response") {
    throw new Error(`${method} ${path}: ${outcome} ${answer}`, { cause: failures.at(-1) });
  }
  return {
    status: response.status,
    headers: response.headers,
    body: answer === undefined ? undefined : JSON.parse(answer),
  };
}

/** Makes a task over the API and gives its id. */
export async function createTask(mock: AdminEngine, name = "fix-it"): Promise<string> {
  const created = await mock.api("POST", "/tasks/alice", {
    body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "Fix it", name },
    who: "member",
  });
  if (created.status !== 201) throw new Error(`create: ${created.status} ${JSON.stringify(created.body)}`);
  return created.body.id;
}
