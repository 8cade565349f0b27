import type { JsonObject } from "../../contract/json.ts";
import { appHealths } from "../../domain/agent.ts";
import { type SteeredApp, steerApp as steer } from "../../domain/steer.ts";
import { latestBuild } from "../../domain/workspace.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { badRequest } from "../complain.ts";
import { flagField, wordField } from "../fields.ts";
import { saved } from "./save-workspace.ts";
import { withoutAgent } from "./task-agent.ts";

const flags = ["linked", "busy", "reachable", "accepts"] as const;

/** `POST /tasks/{task}/app`. */
export function steerApp(context: AdminContext, { world, task, workspace, fields }: AdminTaskCall): Reply {
  const change = changeFrom(fields);
  if (Object.keys(change).length === 0) {
    const detail = `expected at least one of "health", ${flags.map((flag) => `"${flag}"`).join(", ")}`;
    return badRequest("The order for the app says nothing.", [{ field: "body", detail }]);
  }
  if (workspace === undefined || latestBuild(workspace)?.agent === undefined) return withoutAgent();
  return saved(context, task, steer({ task, workspace }, change, world.now).workspace);
}

function changeFrom(fields: JsonObject): SteeredApp {
  const health = wordField(fields, "health", appHealths);
  const change: { -readonly [Key in (typeof flags)[number]]?: boolean } = {};
  for (const flag of flags) {
    const value = flagField(fields, flag);
    if (value !== undefined) change[flag] = value;
  }
  return health === undefined ? change : { ...change, health };
}
