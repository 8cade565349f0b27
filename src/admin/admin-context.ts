import type { JsonObject } from "../contract/json.ts";
import type { World } from "../domain/world.ts";
import type { WorldStart } from "../domain/world-start.ts";
import type { WorldHost } from "../engine/world-host.ts";
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
  readonly server: ServerView;
  /** The admin API's own document. */
  readonly document: JsonObject;
  readonly library: Pick<ScenarioLibrary, "names" | "get">;
  /**
   * The start state of a scenario, exactly as a restart with these options would make it; undefined when there is no such
   * scenario. Throws a `ScenarioError` for one with mistakes.
   */
  startFor(choice: { readonly scenario: string; readonly seed: string }): Promise<WorldStart | undefined>;
  /** The start state that a document describes. Throws a `ScenarioError` with everything that is wrong with it. */
  startFrom(source: ScenarioSource, seed: string): Promise<WorldStart>;
  /** A world as a scenario document. */
  exportScenario(world: World): object;
}
