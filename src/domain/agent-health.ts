import type { Agent } from "./agent.ts";

export interface AgentHealth {
  readonly healthy: boolean;
  /** Only with an unhealthy agent. */
  readonly reason?: string;
}

/** Whether an agent is well, as the service judges it from its connection and lifecycle. */
export function agentHealth(agent: Agent): AgentHealth {
  const reason = complaint(agent);
  return reason === undefined ? { healthy: true } : { healthy: false, reason };
}

function complaint({ connection, lifecycle }: Agent): string | undefined {
  if (connection === "timeout") return "agent is taking too long to connect";
  if (connection === "disconnected") {
    return lifecycle === "off" ? "agent is not running" : "agent has lost connection";
  }
  switch (lifecycle) {
    case "start_error":
      return "agent startup script exited with an error";
    case "shutting_down":
    case "shutdown_timeout":
    case "shutdown_error":
      return "agent is shutting down";
    case "off":
      return "agent is not running";
    default:
      return undefined;
  }
}
