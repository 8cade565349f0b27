import type { Contract } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json.ts";
import type { ClockSetting } from "../domain/clock.ts";
import type { Instant } from "../domain/instant.ts";
import type { World } from "../domain/world.ts";
import type { WorldStart } from "../domain/world-start.ts";
import type { ContractKey } from "../engine/compatibility/rejudge.ts";
import type { After } from "../engine/holds.ts";
import type { EventLog } from "../engine/journal/event-log.ts";
import type { ViolationLog } from "../engine/journal/violation-log.ts";
import type { WorldHost } from "../engine/worlds/world-host.ts";
import type { WorldOptions } from "../engine/worlds/world-options.ts";
import type { Worlds } from "../engine/worlds/worlds.ts";
import type { ScenarioLibrary } from "../scenarios/scenario-library.ts";
import type { ScenarioSource } from "../scenarios/scenario-source.ts";

export type ServerState = "starting" | "ready" | "stopping";

/** What the admin API knows of the process that it runs in. */
export interface ServerView {
  readonly version: string;
  state(): ServerState;
  /** Whole milliseconds since the process began to serve. */
  uptimeMs(): number;
  /** The documents in force, each with a digest of its text. */
  readonly specs: readonly { readonly name: string; readonly digest: string }[];
  /** Who can reach the port: this machine only, or others too. */
  readonly bind: "loopback" | "wide";
  /** Undefined: none is asked for, so only this machine may call. */
  readonly adminToken: string | undefined;
}

/** What admin operations work on: a world, and the means to begin another. Handed in by the runtime. */
export interface AdminContext {
  readonly host: WorldHost;
  /** The id by which the request named the world; undefined: it was given the default one. */
  readonly named: string | undefined;
  readonly worlds: Worlds;
  /** What happens in any world of the server. */
  readonly events: EventLog;
  /** Where any world broke its contract since the server began. */
  readonly violations: ViolationLog;
  readonly after: After;
  readonly server: ServerView;
  /** The admin API's own document. */
  readonly document: JsonObject;
  /** Any contract of the tasks API; made when it is first asked for. */
  contractFor(key: ContractKey): Contract;
  /** What is answered beside the tasks API, in the order in which it is tried. */
  readonly extensions?: readonly Contract[] | undefined;
  readonly library: Pick<ScenarioLibrary, "names" | "get">;
  /**
   * The start state of a scenario, exactly as a restart with these options would make it; undefined when there is no such
   * scenario. Throws a `ScenarioError` for one with mistakes.
   */
  startFor(choice: StartChoice): Promise<WorldStart | undefined>;
  /** The start state that a document describes. Throws a `ScenarioError` with everything that is wrong with it. */
  startFrom(source: ScenarioSource, choice: Omit<StartChoice, "scenario">): Promise<WorldStart>;
  /** Makes a world beside the others. */
  openWorld(id: string, options: WorldOptions, start: WorldStart): WorldHost;
  /** Milliseconds that a new world lives without a request; undefined: for ever. */
  readonly worldTtl: number | undefined;
  /** A world as a scenario document. */
  exportScenario(world: World): object;
  /** Plain data as a YAML document. */
  toYaml(value: object): Promise<string>;
}

export interface StartChoice {
  readonly scenario: string;
  readonly seed: string;
  readonly clock: ClockSetting;
  /** What the clock shows at the start; absent: the present for a clock that runs, else what the scenario says. */
  readonly startsAt?: Instant | undefined;
}
