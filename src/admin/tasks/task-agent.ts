import { agentLifecycles } from "../../domain/agent.ts";
import { steerAgent as steer } from "../../domain/steer.ts";
import { latestBuild } from "../../domain/workspace.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { badRequest, conflict } from "../complain.ts";
import { flagField, wordField } from "../fields.ts";
import { saved } from "./save-workspace.ts";

/** `POST /tasks/{task}/agent`. */
export function steerAgent(context: AdminContext, { world, task, workspace, fields }: AdminTaskCall): Reply {
  const lifecycle = wordField(fields, "lifecycle", agentLifecycles);
  const connected = flagField(fields, "connected");
  if (lifecycle === undefined && connected === undefined) {
    const detail = 'expected "lifecycle" or "connected", or both';
    return badRequest("The order for the agent says nothing.", [{ field: "body", detail }]);
  }
  if (workspace === undefined || latestBuild(workspace)?.agent === undefined) return withoutAgent();
  return saved(context, task, steer({ task, workspace }, { lifecycle, connected }, world.now).workspace);
}

/** 409: only a start build that succeeded has an agent. */
export function withoutAgent(): Reply {
  return conflict(
    "The task has no agent to change.",
    'Its latest build is no start build, or not through. POST .../build with {"job": "succeeded"} ends one, with {"transition": "start", "job": "succeeded"} makes one.',
  );
}
