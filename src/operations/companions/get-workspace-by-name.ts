import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { visible, type WorkspaceName } from "./find-workspace.ts";
import { presentWorkspace } from "./present-workspace.ts";
import { readFlag } from "./read-flag.ts";

/**
 * `GET /users/{user}/workspace/{workspacename}`. One that was deleted is shown to whoever asks for deleted ones, too, unless
 * one that lives has its name. Provider: the query is read before the workspace is looked up.
 */
export function getWorkspaceByName(world: World, { caller, found, query }: FoundCall<WorkspaceName>): Reply {
  const { owner, name } = found;
  const wantsDeleted = readFlag(query, "include_deleted");
  if (!wantsDeleted.ok) return refuse(wantsDeleted.refusal, world.rules);
  const meant = wantsDeleted.value
    ? world.workspaceNamedOrDeparted(owner.id, name)
    : world.workspaceNamed(owner.id, name);
  const workspace = visible(caller, meant);
  if (!workspace.ok) return refuse(workspace.refusal, world.rules);
  return handled(200, presentWorkspace(world, workspace.value));
}
