import { formatInstant } from "../domain/instant.ts";
import type { Message, Snapshot } from "../domain/task.ts";
import { taskStatus } from "../domain/task-status.ts";
import type { World } from "../domain/world.ts";
import { logsObstacle } from "./obstacles.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/** `GET /tasks/{user}/{task}/logs`: the live conversation while active, else what the agent left behind. */
export function getLogs(world: World, call: TaskCall): Reply {
  const { task, workspace } = call;
  const obstacle = logsObstacle(call, world.rules);
  if (obstacle !== undefined) return refuse(obstacle, world.rules);
  return taskStatus(workspace) === "active" ? liveLogs(task.conversation) : snapshotLogs(task.snapshot);
}

function liveLogs(conversation: readonly Message[]): Reply {
  const logs = conversation.map(({ id, role, content, at }) => ({
    id,
    content,
    type: typeOf(role),
    time: formatInstant(at),
  }));
  return handled(200, { logs });
}

function snapshotLogs(snapshot: Snapshot | undefined): Reply {
  if (snapshot === undefined) return handled(200, { logs: [], snapshot: true });
  const logs = snapshot.messages.map(({ id, role, content, time }) => ({
    id,
    content,
    type: typeOf(role),
    time,
  }));
  return handled(200, { logs, snapshot: true, snapshot_at: formatInstant(snapshot.storedAt) });
}

function typeOf(role: string): "input" | "output" {
  return role === "user" ? "input" : "output";
}
