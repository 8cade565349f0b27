import type { AppStatus } from "../domain/agent.ts";
import type { IdSource } from "../domain/id-source.ts";
import { type AgentId, type AppId, asId } from "../domain/ids.ts";
import { asInstant, type Instant } from "../domain/instant.ts";
import type { Message } from "../domain/task.ts";
import type { Build } from "../domain/workspace.ts";
import { defaultReport, type Window } from "./build/conversation.ts";
import type { Moments } from "./moments.ts";
import type { ReportRecord } from "./scenario-document.ts";

export interface ReportInput {
  readonly moments: Moments;
  readonly ids: IdSource;
  readonly builds: readonly Build[];
  readonly messages: readonly Message[];
  readonly window: Window;
}

/** Reports with ids, times, and the build and agent that they came from; those without a time are spread evenly. */
export function placeReports(records: readonly ReportRecord[], input: ReportInput): readonly AppStatus[] {
  return records.map((record, index) => {
    const share = records.length === 1 ? 1 : index / (records.length - 1);
    const spread = asInstant(Math.floor(input.window.from + (input.window.to - input.window.from) * share));
    const createdAt = input.moments.or(record.at, spread);
    const buildNumber = record.build ?? numberAt(input.builds, createdAt);
    const agent = input.builds.findLast(
      (build) => build.number <= buildNumber && build.agent !== undefined,
    )?.agent;
    return {
      id: record.id ?? input.ids.named("app-status", String(index + 1)),
      agentId: origin<AgentId>(record.agent_id, agent?.id),
      appId: origin<AppId>(record.app_id, agent?.app.id),
      buildNumber,
      createdAt,
      state: record.state,
      message: record.message ?? defaultReport(record.state, input.messages),
      uri: record.uri ?? "",
    };
  });
}

function origin<Id extends AgentId | AppId>(
  stated: string | null | undefined,
  known: Id | undefined,
): Id | undefined {
  if (stated === null) return undefined;
  return stated === undefined ? known : asId<Id>(stated);
}

function numberAt(builds: readonly Build[], at: Instant): number {
  return builds.findLast((build) => build.createdAt <= at)?.number ?? builds[0]?.number ?? 0;
}
