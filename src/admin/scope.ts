import type { Operation } from "../operations/operation.ts";
import type { Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import { type AdminCall, forAdmin, forServer } from "./admin-operation.ts";

/** Whether a call is about all worlds of the server, or about one. */
export type Scope = "world" | "all";

/** A guarded operation on a world or, with `?scope=all`, on all of them: then none has to be named. */
export function forScope(
  run: (context: AdminContext, call: AdminCall, scope: Scope) => Reply,
): Operation<AdminContext> {
  return {
    authenticate(context, places) {
      const ofAll = places.query.some(([name, value]) => name === "scope" && value === "all");
      const scoped = (of: AdminContext, call: AdminCall) => run(of, call, ofAll ? "all" : "world");
      return (ofAll ? forServer : forAdmin)(scoped).authenticate(context, places);
    },
  };
}
