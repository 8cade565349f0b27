import type { DecodedBody } from "../contract/contract.ts";
import type { Agent } from "../domain/agent.ts";
import type { User } from "../domain/directory.ts";
import { parseUuid } from "../domain/ids.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Task } from "../domain/task.ts";
import type { Workspace } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import { authenticateAgent, authenticateUser } from "./authenticate.ts";
import { type TokenPlaces, tokenOf } from "./credentials.ts";
import { type Found, type FoundTask, findTask, findUser, liveTask } from "./find.ts";
import type { Query } from "./query.ts";
import { refuse } from "./refuse.ts";
import type { Reply } from "./reply.ts";

/** What a request brings besides its path: looked at last, as the provider does. */
export interface Input {
  readonly query: Query;
  readonly body: DecodedBody;
  /** Bytes of the body as it came. */
  readonly bodySize: number;
  readonly upgrade: Upgrade | undefined;
  /** For what takes its time: has something run when the client goes away before it is answered. */
  readonly whenGone?: WhenGone | undefined;
}

/** What a client wants to go on with, where its host can do that, and whether it has asked as the protocol wants it. */
export type Upgrade = "websocket" | "half-a-handshake";

export type WhenGone = (run: () => void) => void;

export type PathParameters = Readonly<Record<string, string>>;

/** A stage went well, or it ended the request with a reply. */
export type Step<Next> =
  | { readonly ok: true; readonly next: Next }
  | { readonly ok: false; readonly reply: Reply };

/**
 * One operation, cut where the engine looks in between: who asks, what about, and then the work. The order is the
 * provider's order of checks.
 */
export interface Operation<Context> {
  authenticate(context: Context, places: TokenPlaces): Step<Authenticated>;
}

export interface Authenticated {
  resolve(path: PathParameters, query: Query): Step<Resolved>;
}

export interface Resolved {
  run(input: Input): Reply | Promise<Reply>;
}

export interface CallerCall extends Input {
  readonly caller: User;
}

export interface UserCall extends CallerCall {
  /** The user that the path names. */
  readonly user: User;
}

export interface TaskCall extends UserCall, FoundTask {}

export interface FoundCall<Thing> extends CallerCall {
  /** What the path names. */
  readonly found: Thing;
}

export interface SignedAgentCall extends Input {
  readonly agent: Agent;
  readonly workspace: Workspace;
}

export interface AgentCall extends SignedAgentCall {
  /** The agent's own task. */
  readonly task: Task;
}

/** An operation that asks for no token: `/buildinfo`. */
export function forAnybody(run: (world: World, input: Input) => Reply): Operation<World> {
  return {
    authenticate: (world) => next({ resolve: () => next({ run: (input) => run(world, input) }) }),
  };
}

/** An operation on a collection: `/tasks`. */
export function forCaller(run: (world: World, call: CallerCall) => Reply): Operation<World> {
  return byUser((world, caller) => () => next({ run: (input) => run(world, { ...input, caller }) }));
}

/** An operation below `{user}`. */
export function forUser(run: (world: World, call: UserCall) => Reply): Operation<World> {
  return byUser((world, caller) => (path) => {
    const user = findUser(world, caller, path["user"] ?? "");
    if (!user.ok) return stop(world, user.refusal);
    return next({ run: (input) => run(world, { ...input, caller, user: user.value }) });
  });
}

/** An operation on what `find` finds by the path, for a caller who may see it. */
export function forFound<Thing>(
  find: (world: World, caller: User, path: PathParameters) => Found<Thing>,
  run: (world: World, call: FoundCall<Thing>) => Reply,
): Operation<World> {
  return byUser((world, caller) => (path) => {
    const found = find(world, caller, path);
    if (!found.ok) return stop(world, found.refusal);
    return next({ run: (input) => run(world, { ...input, caller, found: found.value }) });
  });
}

/** An operation below `{user}/{task}`. */
export function forTask(run: (world: World, call: TaskCall) => Reply): Operation<World> {
  return byUser((world, caller) => (path) => {
    const user = findUser(world, caller, path["user"] ?? "");
    if (!user.ok) return stop(world, user.refusal);
    const found = findTask(world, { caller, user: user.value }, path["task"] ?? "");
    if (!found.ok) return stop(world, found.refusal);
    return next({ run: (input) => run(world, { ...input, caller, user: user.value, ...found.value }) });
  });
}

/** An operation that a workspace agent calls for itself. */
export function forAgentItself(run: (world: World, call: SignedAgentCall) => Reply): Operation<World> {
  return {
    authenticate(world, places) {
      const signed = authenticateAgent(world, tokenOf(places));
      if (!signed.ok) return stop(world, signed.refusal);
      return next({ resolve: () => next({ run: (input) => run(world, { ...input, ...signed.who }) }) });
    },
  };
}

/** An operation that a workspace agent calls for its own task. Names are no keys here, only the task's UUID. */
export function forAgent(
  run: (world: World, call: AgentCall) => Reply,
  checkQuery: (query: Query) => Refusal | undefined,
): Operation<World> {
  return {
    authenticate(world, places) {
      const signed = authenticateAgent(world, tokenOf(places));
      if (!signed.ok) return stop(world, signed.refusal);
      return next({
        resolve(path, query) {
          const uuid = parseUuid(path["task"] ?? "");
          if (uuid === undefined) return stop(world, { kind: "bad-task-id", text: path["task"] ?? "" });
          const complaint = checkQuery(query);
          if (complaint !== undefined) return stop(world, complaint);
          const task = liveTask(world, uuid);
          if (task?.workspaceId !== signed.who.workspace.id) return stop(world, { kind: "not-found" });
          return next({ run: (input) => run(world, { ...input, ...signed.who, task }) });
        },
      });
    },
  };
}

function byUser(
  resolver: (world: World, caller: User) => (path: PathParameters) => Step<Resolved>,
): Operation<World> {
  return {
    authenticate(world, places) {
      const signed = authenticateUser(world, tokenOf(places));
      return signed.ok ? next({ resolve: resolver(world, signed.who) }) : stop(world, signed.refusal);
    },
  };
}

export function next<Next>(value: Next): Step<Next> {
  return { ok: true, next: value };
}

function stop(world: World, refusal: Refusal): { readonly ok: false; readonly reply: Reply } {
  return { ok: false, reply: refuse(refusal, world.rules) };
}
