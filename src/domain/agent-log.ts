import type { Agent } from "./agent.ts";
import { type Log, numbered, type Written } from "./build-log.ts";
import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import { type AgentLogLine, plainAgentLog, unrollScript } from "./log-script.ts";
import { type Build, latestBuild, type Workspace } from "./workspace.ts";

interface AgentPlace {
  readonly workspace: Workspace;
  /** The build that made the agent. */
  readonly build: Build;
  readonly agent: Agent;
}

/** What an agent has written by now. An agent writes while it starts up; another build ends its log. */
export function agentLog(
  { workspace, build, agent }: AgentPlace,
  { now, ids }: { readonly now: Instant; readonly ids: IdSource },
): Log<AgentLogLine> {
  const { written, next } = unrollScript(
    workspace.behaviour.logs?.agent ?? plainAgentLog,
    { begins: agent.startedAt, ...endOf(agent), now },
    { ids, of: agent.id },
  );
  const isOver = latestBuild(workspace)?.id !== build.id;
  const last = lastLine(agent);
  return {
    lines: numbered(last === undefined ? written : [...written, last]),
    ...(next === undefined || isOver ? {} : { next }),
    isOver,
  };
}

/** A startup script that takes too long goes on all the same. */
function endOf({ lifecycle, readyAt, disconnectedAt }: Agent): {
  readonly ends: Instant | undefined;
  readonly isWhole: boolean;
} {
  const isThrough = readyAt !== undefined && lifecycle !== "start_timeout";
  return isThrough
    ? { ends: readyAt, isWhole: lifecycle !== "start_error" }
    : { ends: disconnectedAt, isWhole: false };
}

function lastLine({ lifecycle, readyAt }: Agent): Omit<Written<AgentLogLine>, "id"> | undefined {
  if (lifecycle !== "start_error" || readyAt === undefined) return undefined;
  return { at: readyAt, level: "error", output: "Startup script exited with code 1" };
}
