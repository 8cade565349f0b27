import { canManage } from "../domain/access.ts";
import type { User } from "../domain/directory.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Transition, Workspace } from "../domain/workspace.ts";

/**
 * Why a caller gets no build of a workspace. Rights are looked at after every obstacle but an active build: that is the
 * order of the provider's builder.
 */
export function buildRefusal(
  obstacle: Refusal | undefined,
  asked: { readonly caller: User; readonly workspace: Workspace; readonly transition: Transition },
): Refusal | undefined {
  if (obstacle !== undefined && obstacle.kind !== "build-active") return obstacle;
  return canManage(asked.caller, asked.workspace)
    ? obstacle
    : { kind: "build-forbidden", transition: asked.transition };
}
