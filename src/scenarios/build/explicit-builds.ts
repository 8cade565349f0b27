import type { Agent, AgentLifecycle } from "../../domain/agent.ts";
import { moveAgent, newAgent } from "../../domain/change-agent.ts";
import type { Preset, Template, TemplateVersion } from "../../domain/directory.ts";
import type { Durations } from "../../domain/due.ts";
import type { IdSource } from "../../domain/id-source.ts";
import { asId, type PresetId, type TemplateVersionId, type UserId } from "../../domain/ids.ts";
import { asInstant, type Instant } from "../../domain/instant.ts";
import type { Build, Job } from "../../domain/workspace.ts";
import { definedStamps, withAgentRecord } from "../agent-from-record.ts";
import type { Moments } from "../moments.ts";
import type { BuildRecord } from "../scenario-document.ts";

export interface BuildInput {
  readonly moments: Moments;
  readonly ids: IdSource;
  readonly durations: Durations;
  readonly template: Template;
  readonly fileIdOf: (version: TemplateVersionId) => string;
  readonly userNamed: (username: string) => UserId;
  readonly ownerId: UserId;
  readonly createdAt: Instant;
  readonly version: TemplateVersion;
  readonly presetId: PresetId | undefined;
}

/** Builds as records spell them out; what a record leaves open follows from the build before it. */
export function explicitBuilds(records: readonly BuildRecord[], input: BuildInput): readonly Build[] {
  const builds: Build[] = [];
  for (const record of records) builds.push(explicitBuild(record, builds.at(-1), input));
  return builds;
}

function explicitBuild(record: BuildRecord, previous: Build | undefined, input: BuildInput): Build {
  const { moments, ids } = input;
  const number = record.number ?? (previous?.number ?? 0) + 1;
  const createdAt = moments.or(record.created, defaultBeginning(previous, input));
  const version =
    record.version === undefined
      ? input.version
      : (versionNamed(input.template, record.version) ?? input.version);
  const presetId = presetOf(record, version, input);
  const job = jobOf(record, { createdAt, number, fileId: input.fileIdOf(version.id), input });
  const agent = agentOf(record, job, input);
  return {
    id: asId(record.id ?? ids.named("build", String(number))),
    number,
    transition: record.transition,
    reason: record.reason ?? "initiator",
    initiatorId: record.initiator === undefined ? input.ownerId : input.userNamed(record.initiator),
    templateVersionId: version.id,
    ...(presetId === undefined ? {} : { presetId }),
    ...(record.parameters === undefined ? {} : { parameters: record.parameters }),
    createdAt,
    updatedAt: moments.or(record.updated, job.completedAt ?? job.canceledAt ?? job.startedAt ?? createdAt),
    job,
    ...(agent === undefined ? {} : { agent }),
  };
}

/** A version of a template by name or id. */
export function versionNamed(template: Template, reference: string): TemplateVersion | undefined {
  return template.versions.find(({ name, id }) => name === reference || id === reference);
}

/** A preset by name in a version, or by id in any version of the template. */
export function presetNamed(
  { template, version }: { readonly template: Template; readonly version: TemplateVersion },
  reference: string,
): Preset | undefined {
  const all = template.versions.flatMap(({ presets }) => presets);
  return version.presets.find(({ name }) => name === reference) ?? all.find(({ id }) => id === reference);
}

function presetOf(record: BuildRecord, version: TemplateVersion, input: BuildInput): PresetId | undefined {
  if (record.preset === undefined) return input.presetId;
  if (record.preset === null) return undefined;
  return presetNamed({ template: input.template, version }, record.preset)?.id;
}

function defaultBeginning(previous: Build | undefined, { createdAt }: BuildInput): Instant {
  if (previous === undefined) return createdAt;
  return asInstant((previous.job.completedAt ?? previous.updatedAt) + 60_000);
}

function jobOf(
  record: BuildRecord,
  {
    createdAt,
    number,
    fileId,
    input,
  }: {
    readonly createdAt: Instant;
    readonly number: number;
    readonly fileId: string;
    readonly input: BuildInput;
  },
): Job {
  const { moments, durations, ids } = input;
  const status = record.job ?? "succeeded";
  const started = asInstant(createdAt + durations.queue);
  const ended = asInstant(started + durations[record.transition === "start" ? "build" : record.transition]);
  const isThrough = status === "succeeded" || status === "failed" || status === "canceled";
  const isCanceled = status === "canceling" || status === "canceled";
  return {
    id: record.job_id ?? ids.named("job", String(number)),
    fileId: record.file_id ?? fileId,
    status,
    error: record.error ?? "",
    ...definedStamps({
      startedAt: moments.orNone(record.started, status === "pending" ? undefined : started),
      completedAt: moments.orNone(record.completed, isThrough ? ended : undefined),
      canceledAt: moments.orNone(record.canceled, isCanceled ? ended : undefined),
    }),
  };
}

/** A start build that is through has an agent that is up, unless its record says otherwise. */
function agentOf(record: BuildRecord, job: Job, { ids, moments, durations }: BuildInput): Agent | undefined {
  const expected = record.transition === "start" && job.status === "succeeded";
  if (record.agent === null || (record.agent === undefined && !expected)) return undefined;
  const at = job.completedAt ?? job.startedAt ?? moments.start;
  const fresh = newAgent(job.id, { at, ids });
  const stated = record.agent ?? {};
  const readyAt = asInstant(at + durations.connect + durations.startup);
  const isUp = stated.lifecycle === undefined || !bootingLifecycles.includes(stated.lifecycle);
  const grown = isUp ? moveAgent(fresh, "ready", readyAt) : fresh;
  const healthy: Agent = isUp ? { ...grown, app: { ...grown.app, health: "healthy" } } : grown;
  return withAgentRecord(healthy, stated, { at: readyAt, moments });
}

const bootingLifecycles: readonly AgentLifecycle[] = ["created", "starting"];
