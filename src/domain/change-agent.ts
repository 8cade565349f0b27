import type { Agent, Connection } from "./agent.ts";
import { assertNever } from "./assert-never.ts";
import type { IdSource } from "./id-source.ts";
import { asId } from "./ids.ts";
import type { Instant } from "./instant.ts";

/**
 * The agent and app of a start build that just succeeded, linked together so that no `unknown` shows in between. Their ids
 * belong to the build, so that what other workspaces do cannot change them.
 */
export function newAgent(
  buildId: string,
  { at, ids }: { readonly at: Instant; readonly ids: IdSource },
): Agent {
  return {
    id: asId(ids.named("agent", buildId)),
    name: "main",
    token: ids.named("agent-token", buildId),
    lifecycle: "created",
    connection: "connecting",
    createdAt: at,
    app: {
      id: asId(ids.named("app", buildId)),
      slug: "agent",
      displayName: "Agent",
      url: "http://localhost:3284",
      health: "initializing",
      linked: true,
      busy: false,
      reachable: true,
      accepts: true,
    },
  };
}

/** An agent at a lifecycle state reached at an instant, with the stamps and the connection that go with it. */
export function moveAgent(agent: Agent, lifecycle: Agent["lifecycle"], at: Instant): Agent {
  if (lifecycle === "created") return { ...agent, lifecycle };
  const connected: Agent = connectAgent({ ...agent, lifecycle, startedAt: agent.startedAt ?? at }, at);
  switch (lifecycle) {
    case "ready":
    case "start_error":
    case "start_timeout":
      return { ...connected, readyAt: at };
    case "off":
      return setConnection(connected, "disconnected", at);
    default:
      return connected;
  }
}

function connectAgent(agent: Agent, at: Instant): Agent {
  return agent.connection === "connecting" || agent.connection === "timeout"
    ? setConnection(agent, "connected", at)
    : agent;
}

/** One that never was connected cannot lose its connection: it has taken too long to come. */
export function loseAgent(agent: Agent, at: Instant): Agent {
  const never = agent.connection === "connecting" || agent.connection === "timeout";
  return setConnection(agent, never ? "timeout" : "disconnected", at);
}

/** An agent whose connection changed at an instant. */
export function setConnection(agent: Agent, connection: Connection, at: Instant): Agent {
  switch (connection) {
    case "connected": {
      const { disconnectedAt: _, ...rest } = agent;
      return { ...rest, connection, firstConnectedAt: agent.firstConnectedAt ?? at, lastConnectedAt: at };
    }
    case "disconnected":
      return { ...agent, connection, disconnectedAt: at };
    case "connecting":
    case "timeout":
      return { ...agent, connection };
    default:
      return assertNever(connection);
  }
}
