import { isDeleted, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { presentWorkspace } from "./present-workspace.ts";

/** `GET /workspaces/{workspace}`. One that was deleted is shown only to whoever asks for deleted ones, too. */
export function getWorkspace(world: World, { found, query }: FoundCall<Workspace>): Reply {
  const wantsDeleted = query.find(([name]) => name === "include_deleted")?.[1] === "true";
  if (isDeleted(found) && !wantsDeleted) {
    return refuse({ kind: "workspace-deleted", id: found.id }, world.rules);
  }
  return handled(200, presentWorkspace(world, found));
}
