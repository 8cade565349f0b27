import { basename, extname } from "node:path";
import { isJsonObject } from "../contract/json.ts";
import type { ClockSetting } from "../domain/clock.ts";
import { asInstant, type Instant } from "../domain/instant.ts";
import { movedTo, type WorldStart } from "../domain/world-start.ts";
import { buildStart } from "../scenarios/build/build-start.ts";
import type { ScenarioLibrary } from "../scenarios/scenario-library.ts";
import type { ScenarioSource } from "../scenarios/scenario-source.ts";
import { hostTime } from "./host-time.ts";
import { loadLibrary, withPaths } from "./scenario-files.ts";
import { StartCache } from "./start-cache.ts";

export interface StartChoice {
  readonly scenario: string;
  readonly seed: string;
  /** What the clock shows at the start; undefined asks for the scenario's own. */
  readonly at: Instant | undefined;
}

/** The scenarios of a server, and the start states made from them. */
export class ScenarioStore {
  readonly library: ScenarioLibrary;
  /**
   * Start states as they are at their scenario's own start. Nothing changes one, so every world shares it: with a manual
   * clock as it is, with a real one moved to the present.
   */
  readonly #starts = new StartCache();

  /** Ids of the operations that the server has beside the mock's own. */
  readonly extended: ReadonlySet<string>;

  constructor(library: ScenarioLibrary, extended: ReadonlySet<string> = new Set()) {
    this.library = library;
    this.extended = extended;
  }

  /** The start state of a scenario; undefined when there is none of that name. */
  async startFor({ scenario, seed, at }: StartChoice): Promise<WorldStart | undefined> {
    const source = this.library.get(scenario);
    if (source === undefined) return undefined;
    const start = await this.#starts.get(JSON.stringify([source.name, seed]), () =>
      this.#build(source, { seed }),
    );
    if (at === undefined || at === start.startsAt) return start;
    return start.movable === true ? movedTo(start, at) : this.#build(source, { seed, startsAt: at });
  }

  #build(
    source: ScenarioSource,
    options: { readonly seed: string; readonly startsAt?: Instant },
  ): Promise<WorldStart> {
    return buildStart(source, this.library.fixtures, { ...options, extended: this.extended });
  }
}

/** Where ages count back from: the present with a clock that runs; with one that stands, the scenario's own start. */
export function realStart({ mode }: ClockSetting): Instant | undefined {
  return mode === "real" ? asInstant(Math.floor(hostTime())) : undefined;
}

export interface OpenedScenarios {
  readonly store: ScenarioStore;
  /** The name of the scenario that was asked for. */
  readonly name: string;
}

/**
 * Opens the scenario that a server was told to serve, by name or by path, and everything beside it. `extended` are the
 * operations that it has beside the mock's own. Throws a `ScenarioError` for a path that cannot be read; a name that
 * nothing has is the caller's to find.
 */
export async function openScenarios(
  nameOrPath: string,
  builtIn: ScenarioLibrary,
  extended: ReadonlySet<string>,
): Promise<OpenedScenarios> {
  if (!looksLikePath(nameOrPath)) return { store: new ScenarioStore(builtIn, extended), name: nameOrPath };
  const library = await withPaths(builtIn, [nameOrPath]);
  const own = basename(nameOrPath, extname(nameOrPath));
  const added = library.names().find((name) => builtIn.get(name) === undefined);
  return {
    store: new ScenarioStore(library, extended),
    name: library.get(own) === undefined ? (added ?? own) : own,
  };
}

/** A path has a separator or a file ending, which no scenario's name has. */
function looksLikePath(text: string): boolean {
  return /[/\\]/.test(text) || extname(text) !== "";
}

/** Name and description of every built-in scenario, for people. */
export async function describeScenarios(): Promise<
  readonly { readonly name: string; readonly description: string }[]
> {
  const library = await loadLibrary();
  return library.names().map((name) => ({ name, description: descriptionOf(library.get(name)) }));
}

function descriptionOf(source: ScenarioSource | undefined): string {
  const text = isJsonObject(source?.document) ? source.document["description"] : undefined;
  return typeof text === "string" ? text.replaceAll(/\s+/g, " ").trim() : "";
}
