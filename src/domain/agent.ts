import type { AgentId, AppId } from "./ids.ts";
import type { Instant } from "./instant.ts";

export const agentLifecycles = [
  "created",
  "starting",
  "start_timeout",
  "start_error",
  "ready",
  "shutting_down",
  "shutdown_timeout",
  "shutdown_error",
  "off",
] as const;
export type AgentLifecycle = (typeof agentLifecycles)[number];

export const connections = ["connecting", "connected", "disconnected", "timeout"] as const;
export type Connection = (typeof connections)[number];

export const appHealths = ["disabled", "initializing", "healthy", "unhealthy"] as const;
export type AppHealth = (typeof appHealths)[number];

/** The chat app of a task's agent, together with how the program behind it behaves. */
export interface App {
  readonly id: AppId;
  readonly slug: string;
  readonly displayName: string;
  readonly url: string;
  readonly health: AppHealth;
  /** Whether the build names this app as the task's app. */
  readonly linked: boolean;
  /** At work on an input, so that it takes no other. */
  readonly busy: boolean;
  readonly reachable: boolean;
  /** Whether it takes a message that it is free to take. */
  readonly accepts: boolean;
}

/** The program in a started workspace that connects to the service. A new one, with a new id, for each start. */
export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  /** A UUID; what the agent shows to the service. */
  readonly token: string;
  readonly lifecycle: AgentLifecycle;
  readonly connection: Connection;
  readonly createdAt: Instant;
  readonly firstConnectedAt?: Instant;
  readonly lastConnectedAt?: Instant;
  readonly disconnectedAt?: Instant;
  readonly startedAt?: Instant;
  readonly readyAt?: Instant;
  readonly app: App;
}

export const reportStates = ["working", "idle", "complete", "failure"] as const;
/** What an agent says of itself, in the words of the app-status API. */
export type ReportState = (typeof reportStates)[number];

/** One report of the agent on its work. */
export interface AppStatus {
  readonly id: string;
  readonly agentId: AgentId | undefined;
  readonly appId: AppId | undefined;
  /** The workspace's latest build when the report came. */
  readonly buildNumber: number;
  readonly createdAt: Instant;
  readonly state: ReportState;
  readonly message: string;
  readonly uri: string;
}
