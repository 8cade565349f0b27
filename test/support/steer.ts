import type { Answer, Method } from "./http-client.ts";
import { type Asking, outcomeOf, type TestMock } from "./test-mock.ts";

/** A call of the admin API on one task, below `/__admin/tasks/{task}/`, or a span that the clock advances by. */
export type Order = readonly [path: "build" | "agent" | "app" | "report" | "messages", body: object] | Span;
export type Span = `${number}s` | `${number}ms`;

/** The user whose task is steered: a plain member of the organization that has the templates. */
export const steeredOwner = "priya";

/** Calls the admin API with `path` below its prefix; anything but a handled 2xx fails the test. */
export async function admin(on: TestMock, method: Method, path: string, body?: object): Promise<Answer> {
  const response = await on.ask(method, `/__admin${path}`, {
    as: "nobody",
    ...(body === undefined ? {} : { body }),
  });
  if (response.status >= 300 || outcomeOf(response) !== "handled") {
    throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${response.status} ${response.text}`);
  }
  return response;
}

/** Makes a task over the API and gives its id. */
export async function newTask(on: TestMock, name = "steered", owner = steeredOwner): Promise<string> {
  const body = { template_version_id: on.version("web-agent").id, input: "Fix it.", name };
  const created = await on.ask("POST", `/tasks/${owner}`, { as: owner, body });
  if (created.status !== 201) throw new Error(`create: ${created.status} ${created.text}`);
  return created.body.id;
}

/** Brings a task on its way with orders and advances, by HTTP alone. */
export async function steer(on: TestMock, task: string, orders: readonly Order[]): Promise<void> {
  for (const order of orders) {
    if (typeof order === "string") await admin(on, "POST", "/clock/advance", { by: order });
    else await admin(on, "POST", `/tasks/${task}/${order[0]}`, order[1]);
  }
}

export const built = [["build", { job: "succeeded" }]] as const satisfies readonly Order[];
export const ready = [...built, ["agent", { lifecycle: "ready" }]] as const satisfies readonly Order[];
export const active = [...ready, ["app", { health: "healthy" }]] as const satisfies readonly Order[];
export const idle = [
  ...active,
  ["report", { state: "idle", message: "Waiting" }],
] as const satisfies readonly Order[];
export const paused = [
  ...idle,
  ["build", { transition: "stop", job: "succeeded" }],
] as const satisfies readonly Order[];

/** An id that may be absent, whichever way the profile writes it. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const { uuid, valid } = value as { readonly uuid?: unknown; readonly valid?: unknown };
  return valid === true ? String(uuid) : undefined;
}

/**
 * Everything that can be seen of a world, inside and outside, as the bytes of the answers: state, clock, directory, journal,
 * some tasks with their logs, and the two next tasks that are made, named and nameless. Those stay behind in the world.
 */
export async function wholeView(on: TestMock, { tasks = 12 } = {}): Promise<readonly string[]> {
  const seen: string[] = [];
  const see = async (method: Method, path: string, asking: Asking = {}): Promise<Answer> => {
    const response = await on.ask(method, path, asking);
    seen.push(`${method} ${path}: ${response.status} ${JSON.stringify(response.headers)} ${response.text}`);
    return response;
  };
  for (const path of ["/requests", "/state", "/clock", "/users", "/templates"]) {
    await see("GET", `/__admin${path}`, { as: "nobody" });
  }
  const inside = await see("GET", "/__admin/tasks?limit=1000", { as: "nobody" });
  await see("GET", "/tasks");
  const ids: readonly string[] = inside.body.tasks.map(({ id }: { readonly id: string }) => id);
  for (const id of ids.slice(0, tasks)) {
    for (const rest of ["", "/logs"]) await see("GET", `/tasks/me/${id}${rest}`);
  }
  const body = { template_version_id: on.version("web-agent").id, input: "What comes next?" };
  await see("POST", "/tasks/me", { body });
  await see("POST", "/tasks/me", { body: { ...body, name: "named-after-all" } });
  await see("POST", "/__admin/tokens", { as: "nobody", body: { user: "priya" } });
  await see("POST", "/__admin/clock/advance", { as: "nobody", body: { by: "1m" } });
  await see("GET", "/__admin/state", { as: "nobody" });
  return seen;
}
