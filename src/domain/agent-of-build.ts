import type { Agent } from "./agent.ts";
import { loseAgent } from "./change-agent.ts";
import type { Build, Workspace } from "./workspace.ts";

/**
 * The agent of a build as it is by now. A build keeps its agent as it last was; once a later build is through, that agent
 * is off.
 */
export function agentOfBuild({ builds }: Workspace, { agent, number }: Build): Agent | undefined {
  const later = builds.find((build) => build.number > number && build.job.status === "succeeded");
  if (agent === undefined || later === undefined) return agent;
  const at = later.job.completedAt ?? later.updatedAt;
  const gone = agent.connection === "disconnected" ? agent : loseAgent(agent, at);
  return { ...gone, lifecycle: "off" };
}
