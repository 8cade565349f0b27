import { expect } from "vitest";
import type { Answer, HttpClient, Json, Method } from "../support/http-client.ts";
import { idOf } from "../support/steer.ts";
import { anyOutput, type ModelTask } from "./task-model.ts";
import {
  answerTo,
  asked,
  complaintOf,
  currentStateOf,
  type Report,
  statusOf,
  workspaceStatusOf,
} from "./task-rules.ts";
import type { Happened, WorldModel } from "./world-model.ts";

export const owner = "priya";

/** The world that is held to a model, over HTTP and nothing else. */
export class WatchedWorld {
  readonly #client: HttpClient;
  readonly #token: string;
  /** The version that tasks are made from. */
  readonly version: string;

  constructor(client: HttpClient, { token, version }: { readonly token: string; readonly version: string }) {
    this.#client = client;
    this.#token = token;
    this.version = version;
  }

  api(method: Method, path: string, body?: object, token = this.#token): Promise<Answer> {
    const headers = { "Coder-Session-Token": token };
    const full = `/api/v2${path}`;
    return this.#client.call({ method, path: full, headers, ...(body === undefined ? {} : { body }) });
  }

  admin(method: Method, path: string, body?: object): Promise<Answer> {
    const full = `/__admin${path}`;
    return this.#client.call({ method, path: full, ...(body === undefined ? {} : { body }) });
  }

  /** Holds all that shows to the model. */
  async check(model: WorldModel): Promise<void> {
    const { body: list } = await this.api("GET", "/tasks");
    const newestFirst = model.visible.toReversed();
    expect(list.tasks.map(({ id }: Json) => id)).toEqual(newestFirst.map(({ id }) => id));
    for (const [place, task] of newestFirst.entries()) checkShown(list.tasks[place], task, model.old);
    const { body: inside } = await this.admin("GET", "/tasks?limit=1000");
    expect(inside.tasks.map(({ id }: Json) => id)).toEqual(model.tasks.toReversed().map(({ id }) => id));
    for (const [place, task] of model.tasks.toReversed().entries()) {
      checkInside(inside.tasks[place], task, model.old);
    }
    const { body: clock } = await this.admin("GET", "/clock");
    expect(Date.parse(clock.now)).toBe(model.now);
    expect(clock.next_due === undefined ? undefined : Date.parse(clock.next_due)).toBe(model.nextDue);
  }
}

function checkShown(shown: Json, task: ModelTask, old: boolean): void {
  expect(shown).toMatchObject({
    name: task.name,
    status: statusOf(task),
    workspace_status: workspaceStatusOf(task),
    workspace_build_number: task.build.number,
    initial_prompt: task.prompt,
  });
  const { agent } = task;
  const ids = [shown.workspace_agent_id, shown.workspace_app_id].map((id) => idOf(id) !== undefined);
  expect(ids).toEqual([agent !== undefined, agent?.linked === true]);
  expect(shown.workspace_agent_lifecycle ?? undefined).toBe(agent?.lifecycle);
  const complaint = agent && complaintOf(agent);
  expect(shown.workspace_agent_health?.healthy).toBe(agent && complaint === undefined);
  expect(shown.workspace_agent_health?.reason || undefined).toBe(complaint);
  checkState(shown.current_state ?? undefined, currentStateOf(task), old);
}

function checkState(
  shown: Json | undefined,
  wanted: Pick<Report, "state" | "message"> | undefined,
  old: boolean,
): void {
  const isFailure = wanted?.state === "failure";
  expect(shown?.state).toBe(isFailure && !old ? "failed" : wanted?.state);
  if (wanted?.message !== undefined) expect(shown.message).toBe(wanted.message);
}

function checkInside(inside: Json, task: ModelTask, old: boolean): void {
  const answers = asked.map((one) => [one, task.isDeleted ? 404 : answerTo(one, task, old)]);
  expect(inside.answers).toEqual(Object.fromEntries(answers));
  expect(inside.deleted).toBe(task.isDeleted);
  expect(planOf(inside)).toEqual(task.due.map(lineOf));
  expect(entriesOf(inside.conversation, task.conversation)).toEqual(task.conversation);
}

/** What is planned, a line each, without what only the mock can word. */
export function planOf({ due }: Json): readonly string[] {
  return due.map(({ at, ...step }: Json) => lineOf({ at: Date.parse(at), ...step }));
}

export function lineOf({ at, kind, lifecycle, state }: ModelTask["due"][number]): string {
  return [at, kind, lifecycle, state].filter((part) => part !== undefined).join(" ");
}

/** Messages of either API as the model writes them, with an asterisk where it leaves the words to the mock. */
export function entriesOf(messages: Json, wanted: readonly string[]): readonly string[] {
  return messages.map(({ role, type, content }: Json, place: number) => {
    const kind = type ?? (role === "user" ? "input" : "output");
    return kind === "output" && wanted[place] === anyOutput ? anyOutput : `${kind}: ${content}`;
  });
}

/** Holds what an answer tells of events to what the model says has happened, in the same order. */
export function checkEvents(events: Json, happened: readonly Happened[]): void {
  const told = events.map(({ at, task, kind, before, after }: Json) => ({
    at: Date.parse(at),
    id: task.id,
    kind,
    before,
    after,
  }));
  expect(told).toEqual(happened);
}
