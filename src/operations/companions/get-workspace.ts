import { isDeleted, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { presentWorkspace } from "./present-workspace.ts";
import { readFlag } from "./read-flag.ts";

/** `GET /workspaces/{workspace}`. One that was deleted is shown only to whoever asks for deleted ones, too. */
export function getWorkspace(world: World, { found, query }: FoundCall<Workspace>): Reply {
  // Provider: the complaint has another name here than where a workspace is asked for by name.
  const wantsDeleted = readFlag(query, "include_deleted", "deleted");
  if (!wantsDeleted.ok) return refuse(wantsDeleted.refusal, world.rules);
  if (isDeleted(found) && !wantsDeleted.value) {
    return refuse({ kind: "workspace-deleted", id: found.id }, world.rules);
  }
  return handled(200, presentWorkspace(world, found));
}
