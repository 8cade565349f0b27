import type { AgentScript } from "../../domain/agent-script.ts";
import { defaultDurations } from "../../domain/due.ts";
import { IdSource } from "../../domain/id-source.ts";
import { type Instant, parseInstant } from "../../domain/instant.ts";
import { WorldTables } from "../../domain/world-tables.ts";
import { bounded } from "../bounded-findings.ts";
import { Directory } from "../build/build-directory.ts";
import { usedScripts } from "../build/build-scripts.ts";
import { buildTask } from "../build/build-task.ts";
import { type Complaint, FindingList, quoted } from "../finding-list.ts";
import type { Fixtures, Located } from "../fixtures.ts";
import { Moments, scenarioStart, withDurations } from "../moments.ts";
import { defaultUsername, readDocument, type ScenarioParts, transcriptsOf } from "../read-document.ts";
import type { TaskRecord } from "../scenario-document.ts";
import type { Finding, ScenarioSource } from "../scenario-source.ts";
import type { ScriptRecord } from "../script-document.ts";
import { buildComplaints, buildSequenceComplaints, placesOf } from "./check-builds.ts";
import { checkDirectory, checkUnique, type SoundDirectory } from "./check-directory.ts";
import {
  type BuiltHistory,
  deletionComplaints,
  dueComplaints,
  speechComplaints,
  taskTimeComplaints,
  wireComplaints,
} from "./check-events.ts";
import { checkFaults } from "./check-faults.ts";
import { checkGenerate } from "./check-generate.ts";
import { checkIds } from "./check-ids.ts";
import { checkMoments } from "./check-moments.ts";
import { checkScripts } from "./check-scripts.ts";
import { contradictions, messageComplaints } from "./check-shape-of-task.ts";
import { checkBrokenTask, checkTaskReferences, type Known } from "./check-task.ts";

/**
 * Everything that is wrong with a scenario and with the fixtures that it uses: shape first, then names and references, then
 * states that no deployment reaches and times that cannot be. A record with one mistake does not hide those of others; of a
 * document with very many, the first ones are told.
 * `extended` are the operations that the server has beside the mock's own, where there is a server.
 */
export async function checkScenario(
  source: ScenarioSource,
  fixtures: Fixtures,
  extended?: ReadonlySet<string>,
): Promise<readonly Finding[]> {
  const parts = readDocument(source, fixtures, false);
  const list = new FindingList();
  const start = scenarioStart(source);
  checkHead(parts, list, start);
  const sound = checkDirectory(parts, start, list);
  checkIds(parts, list);
  const names = known(parts, sound, start);
  checkTasks(parts, names, list);
  for (const task of list.isFull ? [] : parts.brokenTasks) checkBrokenTask(task, names, list);
  checkTranscripts(parts, list);
  await checkScripts(scriptsToCheck(parts), list);
  checkGenerate(parts, list);
  checkFaults(parts, list, extended);
  return bounded(unique([...parts.findings, ...list.findings]), source, (finding) => finding);
}

/** Complains about the messages of those transcripts that a scenario's tasks name. */
function checkTranscripts(parts: ScenarioParts, list: FindingList): void {
  const used = new Set(parts.tasks.flatMap(({ value }) => value.transcript ?? []));
  for (const name of used) {
    const transcript = parts.transcripts.get(name);
    if (transcript === undefined) continue;
    for (const complaint of messageComplaints(transcript.value)) list.add(transcript, complaint);
  }
}

/** A scenario's own scripts, and those fixtures that it uses. */
function scriptsToCheck(parts: ScenarioParts): readonly Located<ScriptRecord>[] {
  const used = usedScripts(parts);
  return [...parts.scripts].flatMap(([name, script]) =>
    used.has(name) || script.source === parts.source ? [script] : [],
  );
}

/** Stand-ins for scripts: what is checked is what happened before the start, and none was followed by then. */
function standIns({ scripts, misshapen }: ScenarioParts): ReadonlyMap<string, AgentScript> {
  const broken = [...misshapen].flatMap((path) =>
    path.startsWith("scripts/") ? path.slice("scripts/".length) : [],
  );
  return new Map(
    [...scripts.keys(), ...broken].map((name) => [
      name,
      { name, opening: undefined, reactions: [], otherwise: undefined },
    ]),
  );
}

function checkHead(parts: ScenarioParts, list: FindingList, start: Instant): void {
  const { clock, durations, generate } = parts.head;
  const head: Located<unknown> = { value: { durations, generate }, source: parts.source, pointer: "" };
  checkMoments(head, start, list);
  if (clock?.start !== undefined && parseInstant(clock.start) === undefined) {
    list.add(head, {
      at: ["clock", "start"],
      message: `${quoted(clock.start)} is beyond the calendar`,
      expected: "a day that exists",
    });
  }
}

function known(parts: ScenarioParts, sound: SoundDirectory, start: Instant): Known {
  const templates = sound.templates.map(({ value }) => value);
  const names = templates.map(({ name }) => name);
  const records = {
    organizations: sound.organizations.map(({ value }) => value),
    users: sound.users.map(({ value }) => value),
    templates,
    defaultUsername: defaultUsername(parts),
  };
  const context = {
    tables: new WorldTables(),
    ids: new IdSource("check"),
    durations: withDurations(defaultDurations, parts.head.durations),
    moments: new Moments(start),
    scripts: standIns(parts),
  };
  return {
    parts,
    directory: new Directory(records, context),
    usernames: records.users.map(({ username }) => username),
    templates: [...names, ...templates.map(({ name, organization }) => `${organization}/${name}`)],
    ambiguous: new Set(names.filter((name, index) => names.indexOf(name) !== index)),
  };
}

function checkTasks(parts: ScenarioParts, names: Known, list: FindingList): void {
  const { tasks } = parts;
  const living = tasks.filter(({ value }) => value.deleted === undefined);
  checkUnique(
    living,
    {
      keyOf: ({ owner, name }) => `${owner}/${name}`.toLowerCase(),
      at: ["name"],
      expected: "a name of its own among its owner's tasks",
    },
    list,
  );
  checkUnique(
    tasks.filter(({ value }) => value.workspace?.name !== undefined),
    {
      keyOf: ({ owner, workspace }) => `${owner}/${workspace?.name}`.toLowerCase(),
      at: ["workspace", "name"],
      expected: "a name of its own among its owner's workspaces",
    },
    list,
  );
  for (const task of tasks) {
    if (list.isFull) return;
    checkMoments(task, names.directory.context.moments.start, list);
    checkTaskReferences(task, names, list);
    for (const complaint of contradictions(task.value)) list.add(task, complaint);
    if (list.isSound(task) && canBuild(task.value, names)) checkHistory(task, names, list);
  }
}

/** Whether all that a task refers to is there and sound; what it lacks has been told where it is missing. */
function canBuild(
  { owner, template, shared_with: guests = [], builds = [] }: TaskRecord,
  names: Known,
): boolean {
  const people = [owner, ...guests, ...builds.flatMap(({ initiator }) => initiator ?? [])];
  return (
    names.templates.includes(template) &&
    people.every((username) => names.directory.context.tables.userNamed(username) !== undefined)
  );
}

function checkHistory(task: Located<TaskRecord>, { parts, directory }: Known, list: FindingList): void {
  const built = buildTask(task.value, { directory, root: "check", transcripts: transcriptsOf(parts) });
  const history: BuiltHistory = { ...built, now: directory.context.moments.start };
  for (const complaint of wireComplaints(history)) list.add(task, complaint);
  if (parts.head.exported === true) return;
  for (const complaint of historyComplaints(task.value, history)) list.add(task, complaint);
}

function* historyComplaints(record: TaskRecord, history: BuiltHistory): Generator<Complaint> {
  const builds = history.workspace?.builds ?? [];
  const place = placesOf(record, builds.length);
  yield* taskTimeComplaints(history);
  // Everything that a task from the future did lies in the future as well; to be told so once is enough.
  if (history.task.createdAt > history.now) return;
  if (record.builds !== undefined) yield* buildSequenceComplaints(builds, place);
  if (record.builds !== undefined || record.agent !== undefined || record.app !== undefined) {
    for (const [index, build] of builds.entries()) {
      yield* buildComplaints(build, (...keys) => place(index, ...keys), history.now);
    }
  }
  const hasAgent = builds.at(-1)?.agent !== undefined;
  for (const key of ["agent", "app"] as const) {
    if (record[key] === undefined || hasAgent) continue;
    yield {
      at: [key],
      message: `there is no ${key}: the latest build has not started one`,
      expected: `a stage or build with an agent, or no ${key}`,
    };
  }
  yield* speechComplaints(history);
  yield* deletionComplaints(history);
  yield* dueComplaints(history);
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ file, pointer, message }: Finding): string => [file, pointer, message].join("\u0000");
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}
