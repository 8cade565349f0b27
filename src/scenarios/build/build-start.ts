import { defaultDurations } from "../../domain/due.ts";
import { pendingIn } from "../../domain/due-queue.ts";
import { IdSource } from "../../domain/id-source.ts";
import type { UserId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { WorldStart } from "../../domain/world-start.ts";
import { WorldTables } from "../../domain/world-tables.ts";
import { faultsOf } from "../check/check-faults.ts";
import { checkScenario } from "../check/check-scenario.ts";
import type { Fixtures } from "../fixtures.ts";
import { type GeneratedRecords, generateRecords } from "../generate-records.ts";
import { Moments, scenarioStart, withDurations } from "../moments.ts";
import { defaultUsername, readDocument, type ScenarioParts, transcriptsOf } from "../read-document.ts";
import type { TaskRecord, UserRecord } from "../scenario-document.ts";
import { ScenarioError, type ScenarioSource } from "../scenario-source.ts";
import { Directory, type DirectoryRecords } from "./build-directory.ts";
import { buildScripts, usedScripts } from "./build-scripts.ts";
import { type BuiltTask, buildTask } from "./build-task.ts";

export interface StartOptions {
  /** Ids, tokens and generated data derive from it together with the scenario's name. */
  readonly seed: string;
  /** The instant that ages count back from: the host's now for a real clock; absent: what the scenario says. */
  readonly startsAt?: Instant;
  /** Ids of operations beside the mock's own, which faults may be about, too. */
  readonly extended?: ReadonlySet<string>;
}

/**
 * Makes a scenario's start state. Everything in it has an id that belongs to its name, so that adding one record changes no
 * other. Throws a `ScenarioError` with all findings for a document that `checkScenario` finds fault with.
 */
export async function buildStart(
  source: ScenarioSource,
  fixtures: Fixtures,
  { seed, startsAt = scenarioStart(source), extended = none }: StartOptions,
): Promise<WorldStart> {
  const trusted = source.checked === true && fixtures.untouched;
  const findings = trusted ? [] : await checkScenario(source, fixtures, extended);
  if (findings.length > 0) throw new ScenarioError(findings);
  const parts = readDocument(source, fixtures, true);
  const root = `${seed}\u0000${source.name}`;
  const generated = await generatedRecords(parts, root);
  const durations = withDurations(defaultDurations, parts.head.durations);
  const tables = new WorldTables();
  const ids = new IdSource(root);
  const moments = new Moments(startsAt);
  const directory = new Directory(directoryRecords(parts, generated.users), {
    tables,
    ids,
    durations,
    moments,
    scripts: await buildScripts(usedScripts(parts)),
  });
  for (const built of inOrderOfCreation(parts, generated.tasks, { directory, root })) {
    if (built.workspace !== undefined) tables.saveWorkspace(built.workspace);
    tables.saveTask(built.task);
  }
  return {
    // The first fork of a table that was filled costs its size: taken here, no world pays for it.
    tables: new WorldTables(tables),
    counters: new Map(Object.entries(parts.head.counters ?? {})),
    // A saved world goes on with its own ids, whatever its file is called now.
    ...(parts.head.origin === undefined ? {} : { idOrigin: parts.head.origin }),
    defaultUserId: defaultUser(parts, directory),
    durations,
    startsAt,
    pending: pendingIn(tables.workspaces.values()),
    faults: faultsOf(parts),
    movable: !moments.metInstant && !parts.tasks.some(({ value }) => hasTimesOfAgent(value)),
  };
}

const none: ReadonlySet<string> = new Set();

async function generatedRecords(parts: ScenarioParts, root: string): Promise<GeneratedRecords> {
  if (parts.head.generate === undefined) return { users: [], tasks: [] };
  return generateRecords(parts, parts.head.generate, root);
}

/** Lists show the newest first by reading the table backwards, so the oldest has to come first in it. */
function inOrderOfCreation(
  parts: ScenarioParts,
  generated: readonly TaskRecord[],
  context: { readonly directory: Directory; readonly root: string },
): readonly BuiltTask[] {
  const records = [...parts.tasks.map(({ value }) => value), ...generated];
  const taskContext = { ...context, transcripts: transcriptsOf(parts) };
  const built = records.map((record) => buildTask(record, taskContext));
  return built.sort((one, other) => one.task.createdAt - other.task.createdAt);
}

function directoryRecords(parts: ScenarioParts, generated: readonly UserRecord[]): DirectoryRecords {
  return {
    organizations: parts.organizations.map(({ value }) => value),
    users: [...parts.users.map(({ value }) => value), ...generated],
    templates: parts.templates.map(({ value }) => value),
    defaultUsername: defaultUsername(parts),
  };
}

/** The times in an agent's snapshot are texts of its own, which nothing moves. */
function hasTimesOfAgent({ snapshot }: TaskRecord): boolean {
  return snapshot?.messages?.some(({ time }) => time !== undefined) ?? false;
}

function defaultUser(parts: ScenarioParts, directory: Directory): UserId | undefined {
  const name = defaultUsername(parts);
  return name === undefined ? undefined : directory.user(name).id;
}
