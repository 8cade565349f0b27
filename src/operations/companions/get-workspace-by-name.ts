import type { Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { presentWorkspace } from "./present-workspace.ts";

/** `GET /users/{user}/workspace/{workspacename}`. */
export function getWorkspaceByName(world: World, { found }: FoundCall<Workspace>): Reply {
  return handled(200, presentWorkspace(world, found));
}
