import { agentLog } from "../../domain/agent-log.ts";
import { agentOfBuild } from "../../domain/agent-of-build.ts";
import type { Written } from "../../domain/build-log.ts";
import type { AgentLogLine } from "../../domain/log-script.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { buildNow } from "./build-now.ts";
import type { FoundAgent } from "./find-workspace.ts";
import { followBySocket } from "./follow.ts";
import { isFollowing, newsOfLog } from "./follow-log.ts";
import { presentAgentLogLine } from "./present-log-line.ts";
import { linesIn, readLogRange } from "./read-log-range.ts";

/**
 * `GET /workspaceagents/{workspaceagent}/logs`: what the agent has written by now. With `follow` a WebSocket, each frame an array
 * of the lines that are new; it ends when another build takes the agent's place.
 */
export function getWorkspaceAgentLogs(world: World, call: FoundCall<FoundAgent>): Reply {
  const { found, query } = call;
  const asked = readLogRange(query);
  if (!asked.ok) return refuse(asked.refusal, world.rules);
  const { range } = asked;
  const presented = (lines: readonly Written<AgentLogLine>[]) =>
    lines.map((line) => presentAgentLogLine(world, found.agent, line));
  if (!isFollowing(query)) return handled(200, presented(linesIn(agentLog(found, world).lines, range)));
  const read = () => {
    const now = buildNow(world, found);
    const agent = now && agentOfBuild(now.workspace, now.build);
    return agent && agentLog({ ...now, agent }, world);
  };
  return followBySocket(
    world,
    call,
    newsOfLog({ range, read, present: (lines) => [JSON.stringify(presented(lines))] }),
  );
}
