import type { Leeway, PropertySite } from "../../contract/explore/vary-freedom.ts";
import type { JsonValue } from "../../contract/json.ts";
import type { AgentLifecycle } from "../../domain/agent.ts";
import { zeroUuid } from "../../domain/ids.ts";

/** What every property that has no line below may do: go untold where the contract allows it, else be as it is. */
const told: Leeway = { untold: true, values: "own" };
const free: Leeway = { untold: true, values: "any" };
const held: Leeway = { untold: false, values: "own" };

/**
 * What an exploring world may make up, by schema and property (docs/explore.md has it in words). Nothing that a later call
 * relies on: ids, names, statuses, counts, what a user has written.
 */
const leeways: Readonly<Record<string, Leeway | ((holder: PropertySite["holder"]) => Leeway)>> = {
  "Task.owner_avatar_url": free,
  "Task.template_display_name": free,
  "Task.template_icon": free,
  "Task.workspace_agent_lifecycle": ({ status }) => ({ untold: true, values: lifecyclesOf(status) }),
  "TaskStateEntry.message": free,
  "TaskStateEntry.state": free,
  "TaskStateEntry.uri": free,
  "WorkspaceAgentHealth.reason": free,
  "TaskLogsResponse.logs": free,
  // Without it, a client takes the entries for those of a running app.
  "TaskLogsResponse.snapshot": held,
  "TaskLogEntry.content": ({ type }) => (type === "output" ? free : told),
  "WorkspaceBuild.reason": free,
  "WorkspaceBuild.workspace_owner_avatar_url": free,
  "ProvisionerJobMetadata.template_display_name": free,
  "ProvisionerJobMetadata.template_icon": free,
};

export function leewayOf({ schema, property, holder }: PropertySite): Leeway {
  const leeway = leeways[`${schema}.${property}`] ?? told;
  return typeof leeway === "function" ? leeway(holder) : leeway;
}

/** In the documented profile, the form of an id that is not there; its schema has no null. */
export const standsForNothing: Readonly<Record<string, JsonValue>> = {
  NullUUID: { uuid: zeroUuid, valid: false },
};

const started = ["ready", "start_timeout", "start_error"] as const satisfies readonly AgentLifecycle[];
const starting = ["created", "starting"] as const satisfies readonly AgentLifecycle[];

/** The status of a task is derived from its agent's lifecycle, so the two have to agree (docs/lifecycle.md). */
function lifecyclesOf(status: JsonValue | undefined): Leeway["values"] {
  if (status === "active") return started;
  return status === "initializing" ? [...starting, ...started] : "any";
}
