import type { Agent } from "./agent.ts";
import { type Log, numbered, type Written } from "./build-log.ts";
import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import { type AgentLogLine, plainAgentLog, unrollScript } from "./log-script.ts";
import type { Build, Workspace } from "./workspace.ts";

interface AgentPlace {
  readonly workspace: Workspace;
  /** The build that made the agent. */
  readonly build: Build;
  readonly agent: Agent;
}

/** What an agent has written by now. An agent writes while it starts up; another build ends its log. */
export function agentLog(
  place: AgentPlace,
  { now, ids }: { readonly now: Instant; readonly ids: IdSource },
): Log<AgentLogLine> {
  const { workspace, build } = place;
  // With a later build an agent counts as off; what came of its startup is what it left in its own.
  const { agent = place.agent } = build;
  const next = workspace.builds.find(({ number }) => number > build.number);
  const { written, next: due } = unrollScript(
    workspace.behaviour.logs?.agent ?? plainAgentLog,
    { begins: agent.startedAt, ...endOf(agent, next?.createdAt), now },
    { ids, of: agent.id },
  );
  const last = lastLine(agent);
  return {
    lines: numbered(last === undefined ? written : [...written, last]),
    ...(due === undefined ? {} : { next: due }),
    isOver: next !== undefined,
  };
}

interface AgentEnd {
  readonly ends: Instant | undefined;
  readonly isWhole: boolean;
}

/** Until when an agent writes. A startup script that takes too long goes on all the same. */
function endOf({ lifecycle, readyAt, disconnectedAt }: Agent, replacedAt: Instant | undefined): AgentEnd {
  const isThrough = readyAt !== undefined && lifecycle !== "start_timeout";
  if (isThrough) return { ends: readyAt, isWhole: lifecycle !== "start_error" };
  const isCut = disconnectedAt !== undefined && (replacedAt === undefined || disconnectedAt < replacedAt);
  return { ends: isCut ? disconnectedAt : replacedAt, isWhole: false };
}

function lastLine({ lifecycle, readyAt }: Agent): Omit<Written<AgentLogLine>, "id"> | undefined {
  if (lifecycle !== "start_error" || readyAt === undefined) return undefined;
  return { at: readyAt, level: "error", output: "Startup script exited with code 1" };
}
