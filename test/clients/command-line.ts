import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orAbsent,
  orNull,
  type Read,
  type ReadBy,
  text,
  uuid,
} from "./strict-reader.ts";
import { Api, type Surroundings } from "./surroundings.ts";

/** Nothing has to be there for a program that decodes into a struct, but what is there has to have the type. */
const anyWay = <T>(read: Read<T>) => orAbsent(orNull(read));

const readTask = objectOf({
  id: uuid,
  name: text,
  owner_name: text,
  /** Text or null: its type for such ids reads no objects. */
  workspace_id: anyWay(uuid),
  workspace_agent_id: anyWay(uuid),
  workspace_app_id: anyWay(uuid),
  workspace_status: anyWay(text),
  workspace_agent_lifecycle: anyWay(text),
  workspace_agent_health: anyWay(objectOf({ healthy: flag })),
  status: oneOf("pending", "initializing", "active", "paused", "unknown", "error"),
  current_state: anyWay(objectOf({ state: text, message: text })),
});

const readBuild = objectOf({
  id: uuid,
  status: text,
  job: objectOf({
    status: oneOf("pending", "running", "succeeded", "canceling", "canceled", "failed"),
    error: anyWay(text),
  }),
});

const readTemplate = objectOf({ id: uuid, name: text, active_version_id: uuid });
const readPresets = orNull(listOf(objectOf({ ID: uuid, Name: text })));
const readLogs = objectOf({ logs: listOf(objectOf({ id: count, type: text, content: text })) });
const readLine = objectOf({ stage: text, output: text, log_level: text });

type Task = ReadBy<typeof readTask>;
type Build = ReadBy<typeof readBuild>;

export interface NewTask {
  readonly input: string;
  /** The only one that there is when left out. */
  readonly template?: string;
  readonly version?: string;
  readonly preset?: string;
  /** A username; the caller when left out. */
  readonly owner?: string;
}

/** Seconds. */
const poll = 5;
const patienceWithErrors = 5 * 60;
const notYetOrNoMore = ["created", "starting", "shutting_down"];

/** The commands `task ...`. It prints nothing, but gives what it would print. */
export class CommandLine implements Disposable {
  readonly #api: Api;
  readonly #surroundings: Surroundings;
  readonly #tasks: string;

  /** `isOld`: a program from before the tasks had a place among the stable operations. */
  constructor(surroundings: Surroundings, { isOld = false }: { readonly isOld?: boolean } = {}) {
    this.#surroundings = surroundings;
    this.#api = new Api(surroundings, { "Coder-Session-Token": surroundings.token });
    this.#tasks = isOld ? "/api/experimental/tasks" : "/api/v2/tasks";
  }

  /** What the program asks before each command. */
  async version(): Promise<string> {
    return (await this.#api.get("/buildinfo", objectOf({ version: text }))).version;
  }

  async create({ input, owner = "me", ...order }: NewTask): Promise<Task> {
    if (input === "") throw new Error("A task has to be told what to do.");
    await this.version();
    const version = await this.#version(order);
    const path = `/templateversions/${version}/presets`;
    const presets = order.preset === undefined ? [] : ((await this.#api.get(path, readPresets)) ?? []);
    const preset = presets.find(({ Name }) => Name === order.preset)?.ID;
    if (order.preset !== undefined && preset === undefined) throw new Error(`No preset ${order.preset}.`);
    const body = { template_version_id: version, template_version_preset_id: preset, input };
    return this.#api.send("POST", `${this.#tasks}/${owner}`, { body, read: readTask });
  }

  /** Of everybody for `all`. */
  async list({ status, all = false }: { readonly status?: string; readonly all?: boolean } = {}) {
    await this.version();
    const terms = [...(all ? [] : ['owner:"me"']), ...(status === undefined ? [] : [`status:"${status}"`])];
    const read = objectOf({ tasks: listOf(readTask), count });
    return (await this.#api.get(`${this.#tasks}?q=${encodeURIComponent(terms.join(" "))}`, read)).tasks;
  }

  /** `task`, here and below: an id, a name, or `owner/name`. */
  async status(task: string): Promise<Task> {
    await this.version();
    const [first = "", second] = task.split("/");
    return this.#api.get(`${this.#tasks}/${second === undefined ? `me/${first}` : task}`, readTask);
  }

  /** Looks every second until there is nothing to wait for. */
  async watch(task: string): Promise<Task> {
    let shown = await this.status(task);
    while (!isSettled(shown)) {
      await this.#surroundings.pause(1);
      shown = await this.#mine(shown);
    }
    return shown;
  }

  async logs(task: string) {
    const { id } = await this.status(task);
    return (await this.#api.get(`${this.#tasks}/me/${id}/logs`, readLogs)).logs;
  }

  /** Wakes the task when it is paused, waits until it is through with what it does, and sends. */
  async send(task: string, input: string): Promise<void> {
    const found = await this.status(task);
    await this.#makeActive(found);
    const through = ["idle", "complete", "failed"];
    for (;;) {
      const { current_state: now } = await this.#mine(found);
      // No state at all is no answer yet.
      if (now !== undefined && now !== null && through.includes(now.state)) break;
      await this.#surroundings.pause(poll);
    }
    await this.#api.order("POST", `${this.#tasks}/me/${found.id}/send`, { input });
  }

  async delete(...tasks: readonly string[]): Promise<void> {
    const found: Task[] = [];
    for (const task of tasks) found.push(await this.status(task));
    for (const { owner_name: owner, id } of found) {
      const status = await this.#api.order("DELETE", `${this.#tasks}/${owner}/${id}`);
      if (status !== 202) throw new Error(`Expected 202, got ${status}.`);
    }
  }

  /** Gives the lines of the build. */
  async pause(task: string): Promise<readonly string[]> {
    return this.#watchBuild(await this.#act(await this.status(task), "pause"));
  }

  /** Gives the lines of the build, none when it is not to wait. */
  async resume(task: string, { wait = true } = {}): Promise<readonly string[]> {
    const found = await this.status(task);
    if (found.status !== "paused") throw new Error(`Task ${found.name} is ${found.status}, not paused.`);
    const build = await this.#act(found, "resume");
    return wait ? this.#watchBuild(build) : [];
  }

  [Symbol.dispose](): void {
    this.#api[Symbol.dispose]();
  }

  async #version({ template, version }: Omit<NewTask, "input">): Promise<string> {
    const [organization] = await this.#api.get(
      "/users/me/organizations",
      listOf(objectOf({ id: uuid, name: text })),
    );
    if (organization === undefined) throw new Error("Nobody may make tasks without an organization.");
    if (template === undefined) {
      const templates = await this.#api.get("/templates?q=has-ai-task:true", listOf(readTemplate));
      const [only, another] = templates;
      if (only !== undefined && another === undefined) return only.active_version_id;
      throw new Error(`Name one of the templates: ${templates.map(({ name }) => name).join(", ")}.`);
    }
    const path = `/organizations/${organization.id}/templates/${template}`;
    if (version === undefined) return (await this.#api.get(path, readTemplate)).active_version_id;
    return (await this.#api.get(`${path}/versions/${version}`, objectOf({ id: uuid }))).id;
  }

  #mine({ id }: Task): Promise<Task> {
    return this.#api.get(`${this.#tasks}/me/${id}`, readTask);
  }

  async #makeActive(task: Task): Promise<void> {
    if (task.status === "active") return;
    if (task.status === "paused") {
      await this.#watchBuild(await this.#act(task, "resume"));
    } else if (task.status === "initializing") {
      const read = objectOf({ latest_build: readBuild });
      await this.#watchBuild((await this.#api.get(`/workspaces/${task.workspace_id}`, read)).latest_build);
    } else {
      throw new Error(`Task ${task.name} is ${task.status} and takes no input.`);
    }
    await this.#untilActive(task);
  }

  async #untilActive(task: Task): Promise<void> {
    for (let waited = 0; ; waited += poll) {
      const { status } = await this.#mine(task);
      if (status === "active") return;
      // An app that comes up may be unhealthy for a while.
      const isLost = status === "unknown" || (status === "error" && waited >= patienceWithErrors);
      if (isLost) throw new Error(`Task ${task.name} is ${status}.`);
      await this.#surroundings.pause(poll);
    }
  }

  async #act({ owner_name: owner, id }: Task, action: "pause" | "resume"): Promise<Build> {
    const read = objectOf({ workspace_build: orNull(readBuild) });
    const path = `${this.#tasks}/${owner}/${id}/${action}`;
    const { workspace_build: build } = await this.#api.send("POST", path, { read });
    if (build === null) throw new Error("There is no build to wait for.");
    return build;
  }

  /** Reads the log while the build runs. Its socket shows the token as a cookie. */
  async #watchBuild({ id }: Build): Promise<readonly string[]> {
    await this.#api.get(`/workspacebuilds/${id}`, readBuild);
    const cookie = { Cookie: `coder_session_token=${this.#surroundings.token}` };
    const socket = await this.#surroundings.openSocket(`/workspacebuilds/${id}/logs?follow`, cookie);
    await socket.closed();
    const { job } = await this.#api.get(`/workspacebuilds/${id}`, readBuild);
    if (job.status !== "succeeded") throw new Error(`The build ${job.status}: ${job.error ?? "no reason"}.`);
    return socket.frames.map((frame) => readLine(JSON.parse(frame), "").output);
  }
}

function isSettled(task: Task): boolean {
  if (task.workspace_status === "stopped") return true;
  const { workspace_agent_health: health, workspace_agent_lifecycle: lifecycle, current_state: now } = task;
  const isUp = health?.healthy === true && !notYetOrNoMore.includes(lifecycle ?? "created");
  return isUp && now !== undefined && now !== null && now.state !== "working";
}
