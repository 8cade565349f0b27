import type { AppStatus } from "../../domain/agent.ts";
import { type Due, type Durations, drawDurations } from "../../domain/due.ts";
import { asInstant, type Instant } from "../../domain/instant.ts";
import { planTurn } from "../../domain/plan-turn.ts";
import type { Message, Snapshot } from "../../domain/task.ts";
import type { Build } from "../../domain/workspace.ts";
import { withAgentRecord } from "../agent-from-record.ts";
import { dueFromRecord } from "../due-record.ts";
import type { Moments } from "../moments.ts";
import { placeReports } from "../reports.ts";
import type { ReportRecord } from "../scenario-document.ts";
import {
  openingMessages,
  placeMessages,
  snapshotOf,
  statedMessages,
  statedSnapshot,
  type Window,
} from "./conversation.ts";
import { explicitBuilds } from "./explicit-builds.ts";
import { reachStage } from "./stage-history.ts";
import type { StagePlan } from "./stages.ts";
import { fileIdOf, type TaskSite } from "./task-site.ts";

/** All that happened to a task before the start, and what is going to. */
export interface TaskHistory {
  readonly builds: readonly Build[];
  readonly updatedAt: Instant;
  readonly messages: readonly Message[];
  readonly reports: readonly AppStatus[];
  readonly snapshot: Snapshot | undefined;
  readonly due: readonly Due[];
}

const defaultError = "The provisioner could not apply the template: exit status 1.";

/** The history that one word stands for, with what the record adds to it or says instead. */
export function stagedHistory(site: TaskSite, plan: StagePlan): TaskHistory {
  const { record, moments } = site;
  const since = record.since === undefined ? undefined : moments.at(record.since);
  const staged = reachStage({
    workspace: site.workspace,
    plan,
    ids: site.ids,
    fileId: fileIdOf(site, site.version.id),
    buildBase: {
      templateVersionId: site.version.id,
      ...(site.presetId === undefined ? {} : { presetId: site.presetId }),
    },
    initiatorId: site.owner.id,
    now: moments.start,
    since,
    prompt: promptToCome(site, plan),
    error: record.error ?? defaultError,
  });
  const { builds: reached, updatedAt } = staged.workspace;
  const builds = withLatestAgent(site, reached);
  const window = talkWindow(builds, since ?? moments.start);
  const stated = statedMessages(record, site.context.transcripts);
  const opening = plan.says === undefined ? [] : openingMessages(record.prompt ?? "", plan.says);
  const messages = placeMessages(stated ?? opening, window, moments);
  const reports = record.reports ?? lastReport(plan, builds, { messages, window, since, moments });
  return {
    builds,
    updatedAt,
    messages,
    reports: placeReports(reports, { moments, ids: site.ids, builds, messages, window }),
    snapshot: snapshotAfter(site, builds, messages),
    due: dueOf(site, plan, {
      remaining: staged.remaining,
      messages,
      isBusy: builds.at(-1)?.agent?.app.busy === true,
    }),
  };
}

/** The history that a record spells out. */
export function explicitHistory(site: TaskSite): TaskHistory {
  const { record, moments, context } = site;
  const built = explicitBuilds(record.builds ?? [], {
    moments,
    ids: site.ids,
    durations: durationsOf(site),
    template: site.template,
    fileIdOf: (version) => fileIdOf(site, version),
    userNamed: (username) => context.directory.user(username).id,
    ownerId: site.owner.id,
    createdAt: site.workspace.createdAt,
    version: site.version,
    presetId: site.presetId,
  });
  const builds = withLatestAgent(site, built);
  const window = talkWindow(builds, moments.start);
  const messages = placeMessages(statedMessages(record, context.transcripts) ?? [], window, moments);
  const { snapshot, due = [] } = record;
  return {
    builds,
    updatedAt: builds.at(-1)?.updatedAt ?? site.workspace.updatedAt,
    messages,
    reports: placeReports(record.reports ?? [], { moments, ids: site.ids, builds, messages, window }),
    snapshot:
      snapshot === undefined || snapshot === null ? undefined : statedSnapshot(snapshot, window.to, moments),
    due: due.map((one) => dueFromRecord(one, moments)),
  };
}

/** What a record says of the agent and the app in short is meant for the latest build. */
function withLatestAgent({ record, moments }: TaskSite, builds: readonly Build[]): readonly Build[] {
  const latest = builds.at(-1);
  if (latest?.agent === undefined || (record.agent === undefined && record.app === undefined)) return builds;
  const stated = { ...record.agent, app: { ...record.agent?.app, ...record.app } };
  const at = latest.agent.readyAt ?? latest.updatedAt;
  const agent = withAgentRecord(latest.agent, stated, { at, moments });
  return [...builds.slice(0, -1), { ...latest, agent }];
}

/** From when the first agent was up until it was stopped. */
function talkWindow(builds: readonly Build[], end: Instant): Window {
  const up = builds.find((build) => build.agent !== undefined);
  const from = up?.agent?.readyAt ?? up?.agent?.createdAt ?? builds[0]?.createdAt ?? end;
  const stopped = builds.find((build) => build.number > (up?.number ?? 0) && build.transition !== "start");
  return { from, to: asInstant(Math.max(from, stopped?.createdAt ?? end)) };
}

interface Talk {
  readonly messages: readonly Message[];
  readonly window: Window;
  readonly since: Instant | undefined;
  readonly moments: Moments;
}

function lastReport(
  plan: StagePlan,
  builds: readonly Build[],
  { messages, window, since, moments }: Talk,
): readonly ReportRecord[] {
  if (plan.says === undefined) return [];
  const latest = builds.at(-1);
  const isFirst = builds.length === 1;
  const again = isFirst ? since : latest?.agent?.readyAt;
  const at = again ?? messages.at(-1)?.at ?? window.from;
  return [{ state: plan.says, at: moments.textOf(asInstant(Math.max(at, window.from))) }];
}

function snapshotAfter(
  { record, moments }: TaskSite,
  builds: readonly Build[],
  messages: readonly Message[],
): Snapshot | undefined {
  const stop = builds.find((build) => build.transition === "stop" && build.job.status === "succeeded");
  if (record.snapshot === null) return undefined;
  const storedAt = stop?.job.completedAt ?? moments.start;
  if (record.snapshot !== undefined) return statedSnapshot(record.snapshot, storedAt, moments);
  return stop === undefined
    ? undefined
    : snapshotOf(
        messages.filter(({ at }) => at <= stop.createdAt),
        storedAt,
      );
}

interface Outlook {
  readonly remaining: readonly Due[];
  readonly messages: readonly Message[];
  readonly isBusy: boolean;
}

function dueOf(site: TaskSite, plan: StagePlan, outlook: Outlook): readonly Due[] {
  const { record, moments } = site;
  if (record.due !== undefined) return record.due.map((one) => dueFromRecord(one, moments));
  const goesOn = plan.job === "pending" || plan.job === "running" || plan.job === "succeeded";
  if (record.continues !== true || !goesOn) return [];
  if (plan.transition !== "start") return outlook.remaining;
  if (plan.says === "working") return restOfWork(site, outlook);
  return plan.says === undefined || plan.steps === 0 ? outlook.remaining : [];
}

/** What an agent that is at work still has to do about the last thing it was told; it has said that it is at work. */
function restOfWork(
  { workspace, record, moments, ids }: TaskSite,
  { messages, isBusy }: Outlook,
): readonly Due[] {
  const told = messages.filter(({ role }) => role === "user");
  const input = told.at(-1)?.content ?? "";
  const pair = { workspace: { ...workspace, name: record.name }, task: undefined };
  const isScripted = workspace.behaviour.script?.opening !== undefined;
  const opening = isScripted && !isBusy && told.length === 1 && input === record.prompt;
  const turn = planTurn(pair, { input, opening }, { at: moments.start, ids });
  return turn[0]?.step.kind === "report" && turn[0].at === moments.start ? turn.slice(1) : turn;
}

/** Only an agent that comes up for the first time, in a task whose talk is not spelled out, sets out on the prompt. */
function promptToCome({ record, context }: TaskSite, { before }: StagePlan): string {
  const isStated = statedMessages(record, context.transcripts) !== undefined;
  return isStated || before.length > 0 ? "" : (record.prompt ?? "");
}

function durationsOf({ workspace, ids }: TaskSite): Durations {
  return drawDurations(workspace.durations, { ids, of: workspace.id });
}
