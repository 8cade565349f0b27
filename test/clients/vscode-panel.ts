import {
  anything,
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orAbsent,
  orNull,
  type ReadBy,
  text,
  uuid,
} from "./strict-reader.ts";
import { Api, ApiError, type Surroundings, unless } from "./surroundings.ts";

const lifecycle = oneOf(
  "created",
  "starting",
  "start_timeout",
  "start_error",
  "ready",
  "shutting_down",
  "shutdown_timeout",
  "shutdown_error",
  "off",
);

/** The ids go into paths as they are, so they have to be text. */
const readTask = objectOf({
  id: uuid,
  name: text,
  display_name: text,
  owner_name: text,
  template_id: uuid,
  template_version_id: uuid,
  workspace_id: orNull(uuid),
  workspace_name: text,
  workspace_status: orAbsent(text),
  workspace_build_number: orAbsent(count),
  workspace_agent_id: orNull(uuid),
  workspace_agent_lifecycle: orNull(lifecycle),
  workspace_agent_health: orNull(objectOf({ healthy: flag })),
  status: oneOf("pending", "initializing", "active", "paused", "unknown", "error"),
  current_state: orNull(objectOf({ state: oneOf("working", "idle", "complete", "failed"), message: text })),
});

const readTasks = objectOf({ tasks: listOf(readTask) });
const readUser = objectOf({ id: uuid, username: text, roles: listOf(objectOf({ name: text })) });
const readTemplates = listOf(
  objectOf({ id: uuid, name: text, display_name: text, description: text, active_version_id: uuid }),
);
const readPresets = orNull(listOf(objectOf({ ID: uuid, Name: text, Description: text, Default: flag })));
const readLogs = objectOf({ logs: listOf(objectOf({ type: oneOf("input", "output"), content: text })) });
const readWorkspace = objectOf({ id: uuid, name: text, latest_build: objectOf({ id: uuid, status: text }) });
const readWorkspaces = objectOf({ workspaces: listOf(readWorkspace), count });
const readNews = objectOf({ type: oneOf("data"), data: readWorkspace });
const readLine = objectOf({ output: text });

export type Task = ReadBy<typeof readTask>;

/** Seconds. */
const pollWhileWorking = 5;
const poll = 10;

/** The panel of tasks in an editor. It shows the token in a header, also for its sockets. */
export class VscodePanel implements Disposable {
  readonly #api: Api;
  readonly #surroundings: Surroundings;
  readonly #headers: { readonly "Coder-Session-Token": string };

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#headers = { "Coder-Session-Token": surroundings.token };
    this.#api = new Api(surroundings, this.#headers);
  }

  async signIn() {
    const { version } = await this.#api.get("/buildinfo", objectOf({ version: text }));
    const { username, roles } = await this.#api.get("/users/me", readUser);
    return { version, username, isOwner: roles.some(({ name }) => name === "owner") };
  }

  /** Undefined where there are no tasks at all: the panel hides. */
  async tasks(): Promise<readonly Task[] | undefined> {
    return (await unless([404], this.#api.get("/tasks?q=owner:me", readTasks)))?.tasks;
  }

  /** Templates that tasks can be made from, none where nobody knows of any, with their presets, null for none. */
  async templates() {
    const templates = await unless([404], this.#api.get("/templates?q=has-ai-task:true", readTemplates));
    return Promise.all(
      (templates ?? []).map(async ({ name, active_version_id: version }) => ({
        name,
        version,
        presets: await this.#api.get(`/templateversions/${version}/presets`, readPresets),
      })),
    );
  }

  /** From the preset of a name, or from none. */
  async create(input: string, template: string, preset?: string): Promise<Task> {
    const found = (await this.templates()).find(({ name }) => name === template);
    const body = {
      template_version_id: found?.version,
      template_version_preset_id: found?.presets?.find(({ Name }) => Name === preset)?.ID,
      input,
    };
    return this.#api.send("POST", "/tasks/me", { body, read: readTask });
  }

  selected({ id }: Pick<Task, "id">): Promise<Task> {
    return this.#api.get(`/tasks/me/${id}`, readTask);
  }

  /** Shows a task as it goes on, with what its build and its agent write, until it is as expected. */
  async showUntil(chosen: Task, isThere: (task: Task) => boolean) {
    const build: string[] = [];
    const agent: string[] = [];
    for (let task = await this.selected(chosen); ; task = await this.selected(chosen)) {
      if (isThere(task)) return { task, build, agent };
      if (isUnderWay(task.workspace_status)) {
        build.push(...(await this.#buildLog(task)));
      } else if (isStartingUp(task)) {
        agent.push(...(await this.#agentLog(task)));
      } else {
        await this.#surroundings.pause(waitFor(task));
      }
    }
  }

  /** The conversation, or why there is none to show. */
  async logs({ id }: Task) {
    try {
      return (await this.#api.get(`/tasks/me/${id}/logs`, readLogs)).logs;
    } catch (error) {
      if (error instanceof ApiError) return error.status === 409 ? "not available" : "error";
      throw error;
    }
  }

  pause(task: Task): Promise<void> {
    if (task.status === "paused") throw new Error("It is paused.");
    return this.#act(task, "pause", "stop");
  }

  resume(task: Task): Promise<void> {
    if (!["paused", "error", "unknown"].includes(task.status)) throw new Error("It cannot be resumed.");
    return this.#act(task, "resume", "start");
  }

  /** Gives the status of a refusal that it shows as a task that is not ready. */
  async send(task: Task, input: string): Promise<"sent" | 400 | 409> {
    const canSend = task.status === "active" && task.current_state?.state !== "working";
    if (!canSend) throw new Error(`It is ${task.status} and takes no input.`);
    try {
      await this.#api.order("POST", `/tasks/me/${task.id}/send`, { input });
      return "sent";
    } catch (error) {
      if (error instanceof ApiError && (error.status === 400 || error.status === 409)) return error.status;
      throw error;
    }
  }

  /** Outside the panel: the workspaces of the user. */
  async workspaces() {
    return (await this.#api.get("/workspaces?q=owner:me", readWorkspaces)).workspaces;
  }

  /**
   * Outside the panel: the statuses that a workspace goes through, up to the one that is waited for. By server-sent events
   * where there is no WebSocket.
   */
  async watch(workspaceId: string, last: string): Promise<readonly string[]> {
    const path = `/workspaces/${workspaceId}/watch`;
    const socket = await unless([404], this.#surroundings.openSocket(`${path}-ws`, this.#headers));
    const stream = socket ?? (await this.#surroundings.openEvents(path, this.#headers));
    const read = socket === undefined ? readWorkspace : (value: unknown) => readNews(value, "").data;
    const statuses: string[] = [];
    while (statuses.at(-1) !== last) {
      const workspace = read(JSON.parse(await stream.frame(statuses.length)), "");
      statuses.push(workspace.latest_build.status);
    }
    await stream.leave();
    return statuses;
  }

  async delete({ id }: Task): Promise<void> {
    await this.#api.order("DELETE", `/tasks/me/${id}`);
  }

  [Symbol.dispose](): void {
    this.#api[Symbol.dispose]();
  }

  /** Deployments that do not know how to pause know how to stop a workspace. */
  async #act(task: Task, action: "pause" | "resume", transition: "stop" | "start"): Promise<void> {
    const read = objectOf({ workspace_build: anything });
    const acted = this.#api.send("POST", `/tasks/me/${task.id}/${action}`, { read });
    if ((await unless([404], acted)) !== undefined) return;
    const body = { transition, template_version_id: task.template_version_id };
    await this.#api.send("POST", `/workspaces/${task.workspace_id}/builds`, {
      body,
      read: objectOf({ id: uuid }),
    });
  }

  /** The socket closes when the build has ended. */
  async #buildLog({ workspace_id: workspace }: Task): Promise<readonly string[]> {
    const { latest_build: build } = await this.#api.get(`/workspaces/${workspace}`, readWorkspace);
    const path = `/workspacebuilds/${build.id}/logs?follow=true`;
    const socket = await this.#surroundings.openSocket(path, this.#headers);
    await socket.closed();
    const { latest_build: ended } = await this.#api.get(`/workspaces/${workspace}`, readWorkspace);
    if (isUnderWay(ended.status)) throw new Error(`Its log is over, but the build is ${ended.status}.`);
    return socket.frames.map((frame) => readLine(JSON.parse(frame), "").output);
  }

  /** Each message has several lines. The socket stays open, so the panel leaves once the agent is up. */
  async #agentLog(task: Task): Promise<readonly string[]> {
    const path = `/workspaceagents/${task.workspace_agent_id}/logs?follow=true`;
    const socket = await this.#surroundings.openSocket(path, this.#headers);
    while (isStartingUp(await this.selected(task))) await this.#surroundings.pause(pollWhileWorking);
    await socket.leave();
    const lines = socket.frames.flatMap((frame) => listOf(readLine)(JSON.parse(frame), ""));
    return lines.map(({ output }) => output);
  }
}

function isUnderWay(status: string | undefined): boolean {
  return status === "pending" || status === "starting";
}

function isStartingUp({ workspace_status: status, workspace_agent_lifecycle: lifecycle }: Task): boolean {
  return status === "running" && (lifecycle === "created" || lifecycle === "starting");
}

function waitFor({ current_state: now }: Task): number {
  return now?.state === "working" ? pollWhileWorking : poll;
}
