import { agentLog } from "../../domain/agent-log.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundAgent } from "./find-workspace.ts";
import { presentAgentLogLine } from "./present-log-line.ts";
import { linesIn, readLogRange } from "./read-log-range.ts";

/** `GET /workspaceagents/{workspaceagent}/logs`: what the agent has written by now. */
export function getWorkspaceAgentLogs(world: World, { found, query }: FoundCall<FoundAgent>): Reply {
  const read = readLogRange(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const lines = linesIn(agentLog(found, world).lines, read.range);
  return handled(
    200,
    lines.map((line) => presentAgentLogLine(world, found.agent, line)),
  );
}
