import { isJsonArray, isJsonObject, type JsonValue } from "../contract/json.ts";
import { childPointer } from "../contract/json-pointer.ts";
import {
  type FixtureKind,
  type Fixtures,
  type ListedKind,
  type Located,
  type NamedKind,
  nameKey,
} from "./fixtures.ts";
import { FlawedPlaces } from "./flawed-places.ts";
import { suggestion } from "./nearest-name.ts";
import type {
  MessageRecord,
  OrganizationRecord,
  ScenarioDocument,
  TaskRecord,
  UserRecord,
} from "./scenario-document.ts";
import { type Finding, findingAt, type ScenarioSource } from "./scenario-source.ts";
import type { ScriptRecord } from "./script-document.ts";
import { shapeFindings } from "./shape-findings.ts";
import type { TemplateRecord } from "./template-document.ts";

/** A scenario taken apart: the records whose shape is right, each with its place, and what is wrong with the others. */
export interface ScenarioParts {
  readonly source: ScenarioSource;
  readonly head: Omit<ScenarioDocument, "organizations" | "users" | "templates" | "tasks" | "scripts">;
  readonly organizations: readonly Located<OrganizationRecord>[];
  readonly users: readonly Located<UserRecord>[];
  readonly templates: readonly Located<TemplateRecord>[];
  readonly tasks: readonly Located<TaskRecord>[];
  /** What is in shape of the tasks that are not: one mistake must not hide the next. */
  readonly brokenTasks: readonly Located<Partial<TaskRecord>>[];
  readonly transcripts: ReadonlyMap<string, Located<readonly MessageRecord[]>>;
  /** By name; the scenario's own, and the fixtures that those do not replace. */
  readonly scripts: ReadonlyMap<string, Located<ScriptRecord>>;
  /** Names of records that are there but misshapen, so that a reference to one is not called unknown as well. */
  readonly misshapen: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Takes a scenario apart. With `trusted`, its shape has been checked before and is taken as right. */
export function readDocument(source: ScenarioSource, fixtures: Fixtures, trusted: boolean): ScenarioParts {
  const reader = new Reader(source, fixtures, trusted);
  const tasks = reader.tasks();
  const templates = reader.records<TemplateRecord>("templates");
  const transcripts = tasks.flatMap(({ value }) => value.transcript ?? []);
  const scripts = [...templates, ...tasks].flatMap(({ value }) => value.behaviour?.script ?? []);
  return {
    source,
    head: reader.head(),
    organizations: reader.records<OrganizationRecord>("organizations"),
    users: reader.records<UserRecord>("users"),
    templates,
    tasks,
    brokenTasks: reader.brokenTasks(),
    transcripts: reader.named<readonly MessageRecord[]>("transcripts", new Set(transcripts)),
    scripts: reader.named<ScriptRecord>("scripts", new Set(scripts)),
    misshapen: reader.misshapen,
    findings: reader.findings,
  };
}

/** The transcripts by name. */
export function transcriptsOf({ transcripts }: ScenarioParts): ReadonlyMap<string, readonly MessageRecord[]> {
  return new Map([...transcripts].map(([name, { value }]) => [name, value]));
}

/** The user named, or the first one; null in a document says that there is none. */
export function defaultUsername(parts: Pick<ScenarioParts, "head" | "users">): string | undefined {
  const { default_user: named } = parts.head;
  if (named === null) return undefined;
  return named ?? parts.users[0]?.value.username;
}

/** The transcripts whose shape is right. */
export function readTranscripts(fixtures: Fixtures): readonly Located<readonly MessageRecord[]>[] {
  return soundFixtures<readonly MessageRecord[]>(fixtures, "transcripts");
}

/** The scripts whose shape is right. */
export function readScripts(fixtures: Fixtures): readonly Located<ScriptRecord>[] {
  return soundFixtures<ScriptRecord>(fixtures, "scripts");
}

function soundFixtures<Row>(fixtures: Fixtures, kind: NamedKind): readonly Located<Row>[] {
  const flawed = new Map(
    fixtures.sources.map((source) => [
      source,
      new FlawedPlaces(shapeFindings(source, fixtures.checkFixture)),
    ]),
  );
  return [...fixtures.named(kind).values()].flatMap(({ value, source, pointer }) =>
    isSound<Row>(value, flawed.get(source)?.has(pointer) === false) ? [{ value, source, pointer }] : [],
  );
}

class Reader {
  readonly findings: Finding[] = [];
  readonly misshapen = new Set<string>();
  readonly #source: ScenarioSource;
  readonly #fixtures: Fixtures;
  readonly #trusted: boolean;
  readonly #bad = new Map<ScenarioSource, Flaws>();

  constructor(source: ScenarioSource, fixtures: Fixtures, trusted: boolean) {
    this.#source = source;
    this.#fixtures = fixtures;
    this.#trusted = trusted;
    const found = trusted ? [] : shapeFindings(source, fixtures.checkScenario);
    this.#bad.set(source, flawsOf(found));
    this.findings.push(...found);
  }

  head(): ScenarioParts["head"] {
    const document = isJsonObject(this.#source.document) ? this.#source.document : {};
    const healthy = Object.entries(document).filter(([key]) =>
      this.#isSound(this.#source, childPointer("", key)),
    );
    const head: unknown = Object.fromEntries(healthy);
    return isSound<ScenarioParts["head"]>(head, true) ? head : {};
  }

  tasks(): readonly Located<TaskRecord>[] {
    const section = this.#section("tasks");
    return section.flatMap((value, index) =>
      this.#sound<TaskRecord>(
        { value, source: this.#source, pointer: childPointer("/tasks", index) },
        "tasks",
      ),
    );
  }

  /** The keys in shape of those tasks that are not in shape as a whole. */
  brokenTasks(): readonly Located<Partial<TaskRecord>>[] {
    return this.#section("tasks").flatMap((value, index) => {
      const pointer = childPointer("/tasks", index);
      if (!isJsonObject(value) || this.#isSound(this.#source, pointer)) return [];
      const healthy = Object.entries(value).filter(([key]) =>
        this.#isSound(this.#source, childPointer(pointer, key)),
      );
      const record: unknown = Object.fromEntries(healthy);
      return isSound<Partial<TaskRecord>>(record, true)
        ? [{ value: record, source: this.#source, pointer }]
        : [];
    });
  }

  /** The records of a kind: those in the scenario and those that it names, or all fixtures when it says nothing. */
  records<Row>(kind: ListedKind): readonly Located<Row>[] {
    const named = this.#fixtures.named(kind);
    const document = this.#source.document;
    if (!isJsonObject(document) || document[kind] === undefined) {
      return [...named.values()].flatMap((record) => this.#sound<Row>(record, kind));
    }
    return this.#section(kind).flatMap((value, index) => {
      const pointer = childPointer("", kind, index);
      if (typeof value !== "string") return this.#sound<Row>({ value, source: this.#source, pointer }, kind);
      const record = named.get(value);
      if (record !== undefined) {
        return this.#sound<Row>({ ...record, named: { source: this.#source, pointer } }, kind);
      }
      this.findings.push(
        findingAt(this.#source, pointer, {
          message: `there is no fixture ${JSON.stringify(value)} among the ${kind}`,
          expected: `${suggestion(value, [...named.keys()])}, or the whole record in its place`,
        }),
      );
      this.misshapen.add(`${kind}/${value}`);
      return [];
    });
  }

  /** All of a kind, so that the right one can be suggested; of the fixtures only those in use are complained about. */
  named<Row>(kind: NamedKind, used: ReadonlySet<string>): ReadonlyMap<string, Located<Row>> {
    const sound = new Map<string, Located<Row>>();
    for (const [name, record] of new Map([...this.#fixtures.named(kind), ...this.#own(kind)])) {
      const isFit = used.has(name) || this.#isSound(record.source, record.pointer);
      const usable = isFit ? this.#sound<Row>(record, kind) : [];
      for (const one of usable) sound.set(name, one);
      if (usable.length === 0) this.misshapen.add(`${kind}/${name}`);
    }
    return sound;
  }

  /** What the scenario itself has under names. */
  #own(kind: NamedKind): readonly (readonly [string, Located<JsonValue>])[] {
    const document = this.#source.document;
    const section = isJsonObject(document) ? document[kind] : undefined;
    return Object.entries(isJsonObject(section) ? section : {}).flatMap(([name, value]) => {
      const pointer = childPointer("", kind, name);
      return value === undefined ? [] : [[name, { value, source: this.#source, pointer }] as const];
    });
  }

  #section(key: string): readonly JsonValue[] {
    const document = this.#source.document;
    const section = isJsonObject(document) ? document[key] : undefined;
    return isJsonArray(section) ? section : [];
  }

  #sound<Row>(record: Located<JsonValue>, kind: FixtureKind | "tasks"): readonly Located<Row>[] {
    const { value, source, pointer } = record;
    if (isSound<Row>(value, this.#isSound(source, pointer))) return [{ ...record, value }];
    const name = isJsonObject(value) ? value[kind === "users" ? nameKey(kind) : "name"] : undefined;
    if (typeof name === "string") this.misshapen.add(`${kind}/${name}`);
    // What is wrong in the scenario itself has been told; a fixture's mistakes matter only once it is used.
    if (source !== this.#source) {
      const { findings } = this.#flawsIn(source);
      this.findings.push(...findings.filter((found) => isWithin(found.pointer, pointer)));
    }
    return [];
  }

  #isSound(source: ScenarioSource, pointer: string): boolean {
    return !this.#flawsIn(source).places.has(pointer);
  }

  #flawsIn(source: ScenarioSource): Flaws {
    const known = this.#bad.get(source);
    if (known !== undefined) return known;
    const found = flawsOf(this.#trusted ? [] : shapeFindings(source, this.#fixtures.checkFixture));
    this.#bad.set(source, found);
    return found;
  }
}

/** What is wrong with the shape of a document. */
interface Flaws {
  readonly findings: readonly Finding[];
  readonly places: FlawedPlaces;
}

function flawsOf(findings: readonly Finding[]): Flaws {
  return { findings, places: new FlawedPlaces(findings) };
}

/** The one place where a value becomes a typed record: once the schema, which the types mirror, has found nothing in it. */
function isSound<Row>(value: unknown, sound: boolean): value is Row {
  return sound && typeof value === "object" && value !== null;
}

function isWithin(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}
