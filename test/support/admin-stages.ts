/** A POST below an admin task, with its body. */
export type AdminOrder = readonly [path: string, body: object];

/** A state of a task, how the admin API brings it about from a fresh task, and what shows then. */
export interface AdminStage {
  readonly name: string;
  readonly orders: readonly AdminOrder[];
  readonly status: string;
  readonly workspace: string;
  /** Of `current_state`; absent for none. */
  readonly state?: string;
  readonly message?: string;
  readonly health?: { readonly healthy: boolean; readonly reason?: string };
}

const up: readonly AdminOrder[] = [["build", { job: "succeeded" }]];
const ready: readonly AdminOrder[] = [...up, ["agent", { lifecycle: "ready" }]];
const active: readonly AdminOrder[] = [...ready, ["app", { health: "healthy" }]];
const idle: readonly AdminOrder[] = [...active, ["report", { state: "idle", message: "Waiting" }]];

function build(transition: string, job?: string): AdminOrder {
  return ["build", job === undefined ? { transition } : { transition, job }];
}

const lifecycles = ["shutting_down", "shutdown_timeout", "shutdown_error", "off"] as const;

/** Every row of the tables in docs/lifecycle.md. */
export const stages: readonly AdminStage[] = [
  { name: "start pending", orders: [], status: "pending", workspace: "pending" },
  {
    name: "start running",
    orders: [["build", { job: "running" }]],
    status: "initializing",
    workspace: "starting",
    state: "working",
    message: "Workspace is starting",
  },
  { name: "start failed", orders: [["build", { job: "failed" }]], status: "error", workspace: "failed" },
  {
    name: "start canceling",
    orders: [["build", { job: "canceling" }]],
    status: "error",
    workspace: "canceling",
  },
  {
    name: "start canceled",
    orders: [["build", { job: "canceled" }]],
    status: "error",
    workspace: "canceled",
  },
  {
    name: "a report after a failed start",
    orders: [
      ["build", { job: "failed" }],
      ["report", { state: "failure", message: "Gave up" }],
    ],
    status: "error",
    workspace: "failed",
    state: "failure",
  },
  {
    name: "agent connecting",
    orders: up,
    status: "initializing",
    workspace: "running",
    state: "working",
    message: "Agent is connecting",
    health: { healthy: true },
  },
  {
    name: "agent takes too long to connect",
    orders: [...up, ["agent", { connected: false }]],
    status: "initializing",
    workspace: "running",
    state: "working",
    health: { healthy: false, reason: "agent is taking too long to connect" },
  },
  {
    name: "agent starting",
    orders: [...up, ["agent", { lifecycle: "starting" }]],
    status: "initializing",
    workspace: "running",
    state: "working",
    message: "Agent is starting",
  },
  {
    name: "app initializing",
    orders: ready,
    status: "initializing",
    workspace: "running",
    state: "working",
    message: "App is initializing",
  },
  {
    name: "a report while initializing",
    orders: [...ready, ["report", { state: "complete", message: "Already done" }]],
    status: "initializing",
    workspace: "running",
    state: "complete",
  },
  { name: "app healthy", orders: active, status: "active", workspace: "running" },
  {
    name: "app disabled",
    orders: [...ready, ["app", { health: "disabled" }]],
    status: "active",
    workspace: "running",
  },
  {
    name: "app unhealthy",
    orders: [...ready, ["app", { health: "unhealthy" }]],
    status: "error",
    workspace: "running",
  },
  {
    name: "no app linked",
    orders: [...ready, ["app", { linked: false }]],
    status: "unknown",
    workspace: "running",
  },
  {
    name: "start error",
    orders: [...active, ["agent", { lifecycle: "start_error" }]],
    status: "active",
    workspace: "running",
    health: { healthy: false, reason: "agent startup script exited with an error" },
  },
  {
    name: "start timeout",
    orders: [...active, ["agent", { lifecycle: "start_timeout" }]],
    status: "active",
    workspace: "running",
    health: { healthy: true },
  },
  {
    name: "start error while the app initializes",
    orders: [...up, ["agent", { lifecycle: "start_error" }]],
    status: "initializing",
    workspace: "running",
    state: "working",
    message: "Initializing workspace agent",
  },
  ...lifecycles.map((lifecycle) => ({
    name: `agent ${lifecycle}`,
    orders: [...active, ["agent", { lifecycle }]] as const,
    status: "unknown",
    workspace: "running",
    health: { healthy: false },
  })),
  {
    name: "agent lost",
    orders: [...idle, ["agent", { connected: false }]],
    status: "active",
    workspace: "running",
    state: "idle",
    health: { healthy: false, reason: "agent has lost connection" },
  },
  {
    name: "agent back",
    orders: [...idle, ["agent", { connected: false }], ["agent", { connected: true }]],
    status: "active",
    workspace: "running",
    state: "idle",
    health: { healthy: true },
  },
  ...(["working", "idle", "complete", "failure"] as const).map((state) => ({
    name: `agent reports ${state}`,
    orders: [...active, ["report", { state, message: "Such it is" }]] as const,
    status: "active",
    workspace: "running",
    state,
  })),
  {
    name: "busy",
    orders: [...idle, ["app", { busy: true }]],
    status: "active",
    workspace: "running",
    state: "idle",
  },
  {
    name: "unreachable",
    orders: [...idle, ["app", { reachable: false }]],
    status: "active",
    workspace: "running",
    state: "idle",
  },
  {
    name: "rejecting",
    orders: [...idle, ["app", { accepts: false }]],
    status: "active",
    workspace: "running",
    state: "idle",
  },
  {
    name: "stop pending",
    orders: [...idle, build("stop")],
    status: "unknown",
    workspace: "pending",
    state: "idle",
  },
  {
    name: "stop running",
    orders: [...idle, build("stop", "running")],
    status: "unknown",
    workspace: "stopping",
    state: "idle",
  },
  {
    name: "paused",
    orders: [...idle, build("stop", "succeeded")],
    status: "paused",
    workspace: "stopped",
    state: "idle",
  },
  ...(["failed", "canceling", "canceled"] as const).map((job) => ({
    name: `stop ${job}`,
    orders: [...idle, build("stop", job)],
    status: "error",
    workspace: job,
    state: "idle",
  })),
  {
    name: "resumed, pending",
    orders: [...idle, build("stop", "succeeded"), build("start")],
    status: "pending",
    workspace: "pending",
  },
  {
    name: "resumed, up",
    orders: [...idle, build("stop", "succeeded"), build("start", "succeeded")],
    status: "initializing",
    workspace: "running",
    state: "working",
    message: "Agent is connecting",
  },
  {
    name: "delete pending",
    orders: [...idle, build("delete")],
    status: "unknown",
    workspace: "pending",
    state: "idle",
  },
  {
    name: "delete running",
    orders: [...idle, build("delete", "running")],
    status: "unknown",
    workspace: "deleting",
    state: "idle",
  },
  ...(["failed", "canceling", "canceled"] as const).map((job) => ({
    name: `delete ${job}`,
    orders: [...idle, build("delete", job)],
    status: "error",
    workspace: job,
    state: "idle",
  })),
];
