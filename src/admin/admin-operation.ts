import type { JsonObject } from "../contract/json.ts";
import type { World } from "../domain/world.ts";
import type { FoundTask } from "../operations/find.ts";
import {
  type Authenticated,
  next,
  type Operation,
  type PathParameters,
  type Query,
  type Step,
} from "../operations/operation.ts";
import type { Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import { fieldsOf } from "./fields.ts";
import { findAnyTask } from "./find-any-task.ts";
import { guard } from "./guard.ts";

export interface AdminCall {
  readonly path: PathParameters;
  readonly query: Query;
  /** The members of the JSON body; none without a body. */
  readonly fields: JsonObject;
}

export interface AdminTaskCall extends AdminCall, FoundTask {
  readonly world: World;
}

type Answer = Reply | Promise<Reply>;

/** An operation that anybody may call. */
export function forAnybody(run: (context: AdminContext) => Answer): Operation<AdminContext> {
  return { authenticate: (context) => next({ resolve: () => next({ run: () => run(context) }) }) };
}

/** A guarded operation. */
export function forAdmin(run: (context: AdminContext, call: AdminCall) => Answer): Operation<AdminContext> {
  return guarded((context) => ({
    resolve: (path, query) =>
      next({ run: ({ body }) => run(context, { path, query, fields: fieldsOf(body) }) }),
  }));
}

/** A guarded operation below `/tasks/{task}`. */
export function forAdminTask(
  run: (context: AdminContext, call: AdminTaskCall) => Answer,
): Operation<AdminContext> {
  return guarded((context) => ({
    resolve(path, query) {
      const { world } = context.host;
      const found = findAnyTask(world, path["task"] ?? "");
      if (!found.ok) return found;
      return next({
        run: ({ body }) => run(context, { ...found.found, world, path, query, fields: fieldsOf(body) }),
      });
    },
  }));
}

function guarded(authenticated: (context: AdminContext) => Authenticated): Operation<AdminContext> {
  return {
    authenticate(context, places): Step<Authenticated> {
      const reply = guard(places, context.server);
      return reply === undefined ? next(authenticated(context)) : { ok: false, reply };
    },
  };
}
