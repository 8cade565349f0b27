import type { JsonObject } from "../contract/json.ts";
import type { World } from "../domain/world.ts";
import type { FoundTask } from "../operations/find.ts";
import {
  type Authenticated,
  next,
  type Operation,
  type PathParameters,
  type Step,
  type WhenGone,
} from "../operations/operation.ts";
import type { Query } from "../operations/query.ts";
import { type Reply, refused } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import { fieldsOf } from "./fields.ts";
import { guard } from "./guard.ts";
import { findAnyTask } from "./tasks/find-any-task.ts";
import { baseUrlOf } from "./worlds/base-url.ts";

export interface AdminCall {
  readonly path: PathParameters;
  readonly query: Query;
  /** The members of the JSON body; none without a body. */
  readonly fields: JsonObject;
  readonly whenGone: WhenGone | undefined;
  /** Where the caller found the mock, without a slash at the end; empty when it does not say. */
  readonly baseUrl: string;
}

export interface AdminTaskCall extends AdminCall, FoundTask {
  readonly world: World;
}

type Answer = Reply | Promise<Reply>;

/** An operation that anybody may call. */
export function forAnybody(run: (context: AdminContext) => Answer): Operation<AdminContext> {
  return { authenticate: (context) => next({ resolve: () => next({ run: () => run(context) }) }) };
}

/** A guarded operation on the server, whatever world the call may name. */
export function forServer(run: (context: AdminContext, call: AdminCall) => Answer): Operation<AdminContext> {
  return guarded((context, baseUrl) => next(onWorld(context, baseUrl, run)));
}

/** A guarded operation on a world. */
export function forAdmin(run: (context: AdminContext, call: AdminCall) => Answer): Operation<AdminContext> {
  return guarded((context, baseUrl) => unnamed(context) ?? next(onWorld(context, baseUrl, run)));
}

function onWorld(
  context: AdminContext,
  baseUrl: string,
  run: (context: AdminContext, call: AdminCall) => Answer,
): Authenticated {
  return {
    resolve: (path, query) =>
      next({
        run: ({ body, whenGone }) => run(context, { path, query, fields: fieldsOf(body), baseUrl, whenGone }),
      }),
  };
}

/** Under `--strict-worlds` a call that steers a world has to say which. */
function unnamed({ worlds, named }: AdminContext): Step<Authenticated> | undefined {
  if (named !== undefined || !worlds.strict) return undefined;
  return {
    ok: false,
    reply: refused(400, {
      message: "The call names no world.",
      detail:
        "The mock runs with --strict-worlds: name one by path (/w/{id}/__admin/...), by header X-Mock-World, or by ?world={id}.",
    }),
  };
}

/** A guarded operation below `/tasks/{task}`. */
export function forAdminTask(
  run: (context: AdminContext, call: AdminTaskCall) => Answer,
): Operation<AdminContext> {
  return guarded((context, baseUrl) => unnamed(context) ?? next(onTask(context, baseUrl, run)));
}

function onTask(
  context: AdminContext,
  baseUrl: string,
  run: (context: AdminContext, call: AdminTaskCall) => Answer,
): Authenticated {
  return {
    resolve(path, query) {
      const { world } = context.host;
      const found = findAnyTask(world, path["task"] ?? "");
      if (!found.ok) return found;
      return next({
        run: ({ body, whenGone }) =>
          run(context, { ...found.found, world, path, query, fields: fieldsOf(body), baseUrl, whenGone }),
      });
    },
  };
}

function guarded(
  authenticated: (context: AdminContext, baseUrl: string) => Step<Authenticated>,
): Operation<AdminContext> {
  return {
    authenticate(context, places): Step<Authenticated> {
      const reply = guard(places, context.server);
      return reply === undefined ? authenticated(context, baseUrlOf(places.headers)) : { ok: false, reply };
    },
  };
}
