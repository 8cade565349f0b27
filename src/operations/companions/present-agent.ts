import type { components } from "../../contract/generated/companions.ts";
import type { Agent, AppStatus } from "../../domain/agent.ts";
import { agentHealth } from "../../domain/agent-health.ts";
import { agentLog } from "../../domain/agent-log.ts";
import { byteLength } from "../../domain/byte-length.ts";
import { zeroUuid } from "../../domain/ids.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import type { Build, Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { shapes } from "../shape.ts";

type Schemas = components["schemas"];

/** Seconds. */
const connectionTimeout = 120;
const home = "/home/coder";

interface AgentPlace {
  readonly workspace: Workspace;
  /** The build that made the agent. */
  readonly build: Build;
  readonly resourceId: string;
}

/** A workspace agent with its app, in the shapes of the world's profile and revision. */
export function presentAgent(world: World, agent: Agent, place: AgentPlace): object {
  const { workspace, resourceId } = place;
  const script = startupScript(world, agent);
  return {
    id: agent.id,
    parent_id: shapes[world.settings.profile].id(undefined),
    created_at: formatInstant(agent.createdAt),
    updated_at: formatInstant(agent.readyAt ?? agent.startedAt ?? agent.createdAt),
    first_connected_at: stamp(agent.firstConnectedAt),
    last_connected_at: stamp(agent.lastConnectedAt),
    disconnected_at: stamp(agent.disconnectedAt),
    started_at: stamp(agent.startedAt),
    ready_at: stamp(agent.readyAt),
    status: agent.connection,
    lifecycle_state: agent.lifecycle,
    name: agent.name,
    resource_id: resourceId,
    architecture: "amd64",
    operating_system: "linux",
    environment_variables: {},
    directory: home,
    expanded_directory: agent.firstConnectedAt === undefined ? undefined : home,
    version: agent.firstConnectedAt === undefined ? "" : `v${world.settings.revision}.0`,
    api_version: agent.firstConnectedAt === undefined ? "" : "1.0",
    apps: [presentApp(agent, workspace)],
    connection_timeout_seconds: connectionTimeout,
    troubleshooting_url: "",
    subsystems: [],
    health: agentHealth(agent),
    display_apps: ["vscode", "web_terminal", "ssh_helper", "port_forwarding_helper"],
    log_sources: [presentLogSource(world, agent)],
    logs_length: logLength(world, { ...place, agent }),
    logs_overflowed: false,
    scripts: [script],
    startup_script_behavior: "non-blocking",
  };
}

/** One report of an agent. A report from before there was an agent has no one to name. */
export function presentAppStatus(status: AppStatus, workspace: Workspace): Schemas["WorkspaceAppStatus"] {
  return {
    id: status.id,
    created_at: formatInstant(status.createdAt),
    workspace_id: workspace.id,
    agent_id: status.agentId ?? zeroUuid,
    app_id: status.appId ?? zeroUuid,
    state: status.state,
    message: status.message,
    uri: status.uri,
    icon: "",
    needs_user_attention: false,
  };
}

/** Where an agent's log lines come from. */
export function logSourceId(world: World, agent: Agent): string {
  return world.ids.named("log-source", agent.id);
}

/** In bytes. */
function logLength(world: World, place: Omit<AgentPlace, "resourceId"> & { readonly agent: Agent }): number {
  return agentLog(place, world).lines.reduce((length, { output }) => length + byteLength(output), 0);
}

function presentApp({ app }: Agent, workspace: Workspace): Schemas["WorkspaceApp"] {
  const statuses = workspace.statuses.filter(({ appId }) => appId === app.id);
  return {
    id: app.id,
    slug: app.slug,
    ...(app.displayName === "" ? {} : { display_name: app.displayName }),
    ...(app.url === "" ? {} : { url: app.url }),
    external: false,
    subdomain: false,
    sharing_level: "owner",
    healthcheck: app.url === "" ? { url: "", interval: 0, threshold: 0 } : healthcheckAt(app.url),
    health: app.health,
    hidden: false,
    open_in: "slim-window",
    statuses: statuses.map((status) => presentAppStatus(status, workspace)).reverse(),
  };
}

function healthcheckAt(url: string): Schemas["WorkspaceAppHealthcheck"] {
  return { url: `${url}/status`, interval: 5, threshold: 6 };
}

function presentLogSource(world: World, agent: Agent): Schemas["WorkspaceAgentLogSource"] {
  return {
    id: logSourceId(world, agent),
    workspace_agent_id: agent.id,
    created_at: formatInstant(agent.createdAt),
    display_name: startupName,
    icon: "/icon/terminal.svg",
  };
}

const startupName = "Startup Script";

function startupScript(world: World, agent: Agent): Schemas["WorkspaceAgentScript"] {
  return {
    id: world.ids.named("agent-script", agent.id),
    log_source_id: logSourceId(world, agent),
    log_path: "",
    display_name: startupName,
    script: "",
    cron: "",
    run_on_start: true,
    run_on_stop: false,
    start_blocks_login: false,
    timeout: 0,
    ...(world.rules.scriptResults ? scriptEnd(agent) : {}),
  };
}

/** How the script ended; nothing while it runs, and one that takes too long still runs. */
function scriptEnd({
  lifecycle,
  readyAt,
}: Agent): Pick<Schemas["WorkspaceAgentScript"], "exit_code" | "status"> {
  if (lifecycle === "start_error") return { exit_code: 1, status: "exit_failure" };
  return readyAt === undefined || lifecycle === "start_timeout" ? {} : { exit_code: 0, status: "ok" };
}

function stamp(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}
