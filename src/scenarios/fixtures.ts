import { compileSchema, type SchemaFinding } from "../contract/check-schema.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../contract/json.ts";
import { childPointer } from "../contract/json-pointer.ts";
import { mostFindings } from "./bounded-findings.ts";
import type { ScenarioSource } from "./scenario-source.ts";

/** Kinds whose records stand in lists and have a key that names them. */
export const listedKinds = ["organizations", "users", "templates"] as const;
export type ListedKind = (typeof listedKinds)[number];

/** Kinds whose values stand under their names. */
export type NamedKind = "transcripts" | "scripts";
export type FixtureKind = ListedKind | NamedKind;

/** A value with the place where it stands, so that what is wrong with it can be pointed at. */
export interface Located<Value> {
  readonly value: Value;
  readonly source: ScenarioSource;
  readonly pointer: string;
  /** Where a scenario names it, for a fixture that is fine in itself but does not go with the rest of the scenario. */
  readonly named?: { readonly source: ScenarioSource; readonly pointer: string };
}

/** Gives one finding more than are told of a document, so that it shows when there are too many. */
export type SchemaCheck = (value: unknown) => readonly SchemaFinding[];

export interface FixturesInput {
  /** Fixture files in layers; a name in a later layer replaces the same name in an earlier one. */
  readonly layers: readonly (readonly ScenarioSource[])[];
  /** The documents spec/scenario.schema.json and spec/fixtures.schema.json. */
  readonly schemas: { readonly scenario: JsonObject; readonly fixtures: JsonObject };
}

/** The records that scenarios can name, with the schemas that they are checked by. */
export class Fixtures {
  readonly #input: FixturesInput;
  readonly #index = new Map<FixtureKind, ReadonlyMap<string, Located<JsonValue>>>();
  #scenarioCheck: SchemaCheck | undefined;
  #fixtureCheck: SchemaCheck | undefined;

  constructor(input: FixturesInput) {
    this.#input = input;
  }

  get sources(): readonly ScenarioSource[] {
    return this.#input.layers.flat();
  }

  /** Whether nothing was laid over the first layer. */
  get untouched(): boolean {
    return this.#input.layers.length === 1;
  }

  /** These fixtures with one more layer above them. */
  withLayer(sources: readonly ScenarioSource[]): Fixtures {
    return sources.length === 0
      ? this
      : new Fixtures({ ...this.#input, layers: [...this.#input.layers, sources] });
  }

  named(kind: FixtureKind): ReadonlyMap<string, Located<JsonValue>> {
    const known = this.#index.get(kind) ?? indexOf(kind, this.sources);
    this.#index.set(kind, known);
    return known;
  }

  /** Compiled when first used: a start from checked documents never pays for it. */
  get checkScenario(): SchemaCheck {
    this.#scenarioCheck ??= compileSchema(this.#input.schemas.scenario, mostFindings + 1);
    return this.#scenarioCheck;
  }

  get checkFixture(): SchemaCheck {
    this.#fixtureCheck ??= compileSchema(this.#input.schemas.fixtures, mostFindings + 1);
    return this.#fixtureCheck;
  }
}

/** The key that names a record of a kind. */
export function nameKey(kind: ListedKind): "name" | "username" {
  return kind === "users" ? "username" : "name";
}

function indexOf(
  kind: FixtureKind,
  sources: readonly ScenarioSource[],
): ReadonlyMap<string, Located<JsonValue>> {
  const index = new Map<string, Located<JsonValue>>();
  for (const source of sources) {
    const section = isJsonObject(source.document) ? source.document[kind] : undefined;
    const entries =
      kind === "transcripts" || kind === "scripts"
        ? namedEntries(section)
        : listedEntries(section, nameKey(kind));
    for (const { name, key, value } of entries) {
      index.set(name, { value, source, pointer: childPointer("", kind, key) });
    }
  }
  return index;
}

interface Entry {
  readonly name: string;
  readonly key: string | number;
  readonly value: JsonValue;
}

function namedEntries(section: JsonValue | undefined): readonly Entry[] {
  if (!isJsonObject(section)) return [];
  return Object.entries(section).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, key: name, value }],
  );
}

function listedEntries(section: JsonValue | undefined, key: string): readonly Entry[] {
  if (!isJsonArray(section)) return [];
  return section.flatMap((value, index) => {
    const name = isJsonObject(value) ? value[key] : undefined;
    return typeof name === "string" ? [{ name, key: index, value }] : [];
  });
}
