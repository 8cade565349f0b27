import type { components } from "../../contract/generated/companions.ts";
import type { Agent } from "../../domain/agent.ts";
import type { Written } from "../../domain/build-log.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { AgentLogLine, BuildLogLine } from "../../domain/log-script.ts";
import type { World } from "../../domain/world.ts";
import { logSourceId } from "./present-agent.ts";

type Schemas = components["schemas"];

export function presentBuildLogLine(line: Written<BuildLogLine>): Schemas["ProvisionerJobLog"] {
  return {
    id: line.id,
    created_at: formatInstant(line.at),
    log_source: line.source,
    log_level: line.level,
    stage: line.stage,
    output: line.output,
  };
}

export function presentAgentLogLine(
  world: World,
  agent: Agent,
  line: Written<AgentLogLine>,
): Schemas["WorkspaceAgentLog"] {
  return {
    id: line.id,
    created_at: formatInstant(line.at),
    output: line.output,
    level: line.level,
    source_id: logSourceId(world, agent),
  };
}
