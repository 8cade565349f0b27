import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { happened } from "../clock/happened.ts";

/** `POST /tasks/{task}/settle`. */
export function settleTask(_: AdminContext, { world, workspace }: AdminTaskCall): Reply {
  return happened(world, (observe) => {
    if (workspace !== undefined) world.settleWorkspace(workspace.id, observe);
  });
}
