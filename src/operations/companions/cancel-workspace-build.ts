import { canManage } from "../../domain/access.ts";
import { cancelBuild, cancelObstacle } from "../../domain/cancel-build.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { firstOf } from "../query.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundBuild } from "./present-whole-build.ts";

/** `PATCH /workspacebuilds/{workspacebuild}/cancel`. */
export function cancelWorkspaceBuild(world: World, call: FoundCall<FoundBuild>): Reply {
  const { workspace, build } = call.found;
  const refusal = whyNot(call);
  if (refusal !== undefined) return refuse(refusal, world.rules);
  world.saveWorkspace(cancelBuild(workspace, build, { at: world.now, ids: world.ids }));
  return handled(200, { message: "The build has been marked as canceled." });
}

/** The provider's checks in its order. */
function whyNot({ caller, found, query }: FoundCall<FoundBuild>): Refusal | undefined {
  const { workspace, build } = found;
  const expected = firstOf(query, "expect_status") ?? "";
  if (expected !== "" && expected !== "pending" && expected !== "running") {
    const detail = `${JSON.stringify(expected)} is none of pending, running`;
    return { kind: "bad-query", complaints: [{ field: "expect_status", detail }] };
  }
  if (!canManage(caller, workspace)) return { kind: "build-forbidden", transition: "cancel builds of" };
  const obstacle = cancelObstacle(build.job);
  if (obstacle !== undefined) return { kind: "job-over", how: obstacle };
  const { status } = build.job;
  return expected !== "" && expected !== status ? { kind: "job-moved-on", expected, status } : undefined;
}
