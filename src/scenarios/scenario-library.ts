import type { Fixtures } from "./fixtures.ts";
import type { ScenarioSource } from "./scenario-source.ts";

/** The scenarios that can be asked for by name, and the fixtures that they are made from. */
export interface ScenarioLibrary {
  /** Sorted. */
  names(): readonly string[];
  get(name: string): ScenarioSource | undefined;
  readonly fixtures: Fixtures;
}

/** A library of the given scenarios; of two with one name, the later counts. */
export function createLibrary(sources: readonly ScenarioSource[], fixtures: Fixtures): ScenarioLibrary {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const names = [...byName.keys()].sort();
  return { names: () => names, get: (name) => byName.get(name), fixtures };
}
