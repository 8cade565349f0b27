import { formatInstant } from "../domain/instant.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Snapshot } from "../domain/task.ts";
import { taskStatus } from "../domain/task-status.ts";
import { latestBuild } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import { appComplaint } from "./app-complaint.ts";
import type { FoundTask } from "./find.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/** `GET /tasks/{user}/{task}/logs`: the live conversation while active, else what the agent left behind. */
export function getLogs(world: World, { task, workspace }: TaskCall): Reply {
  const status = taskStatus(workspace);
  switch (status) {
    case "active":
      return liveLogs(world, { task, workspace });
    case "pending":
    case "initializing":
    case "paused":
      return world.rules.logsFromSnapshot
        ? snapshotLogs(world, task.snapshot)
        : refuse({ kind: "logs-not-available", status }, world.rules);
    case "unknown":
    case "error":
      return refuse({ kind: "logs-not-available", status }, world.rules);
  }
}

function liveLogs(world: World, { task, workspace }: FoundTask): Reply {
  const app = workspace === undefined ? undefined : latestBuild(workspace)?.agent?.app;
  const complaint = appComplaint(app, "messages");
  if (complaint !== undefined) return refuse(complaint, world.rules);
  const logs = task.conversation.map((message) => ({
    id: message.id,
    content: message.content,
    type: message.role === "user" ? "input" : "output",
    time: formatInstant(message.at),
  }));
  return handled(200, { logs });
}

/** A snapshot's roles were not looked at when it came, so a bad one is found here. */
function snapshotLogs(world: World, snapshot: Snapshot | undefined): Reply {
  if (snapshot === undefined) return handled(200, { logs: [], snapshot: true });
  const stray = snapshot.messages.find(({ role }) => role !== "user" && role !== "agent");
  const refusal: Refusal | undefined = stray && { kind: "snapshot-role", role: stray.role };
  if (refusal !== undefined) return refuse(refusal, world.rules);
  const logs = snapshot.messages.map(({ id, role, content, time }) => ({
    id,
    content,
    type: role === "user" ? "input" : "output",
    time,
  }));
  return handled(200, { logs, snapshot: true, snapshot_at: formatInstant(snapshot.storedAt) });
}
