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
import { Api, type Surroundings } from "./surroundings.ts";

const workspaceStatus = oneOf(
  "pending",
  "starting",
  "running",
  "stopping",
  "stopped",
  "failed",
  "canceling",
  "canceled",
  "deleting",
  "deleted",
);

/** Scripts of a page read no more than they show, and take a state that is left out for none. */
const readTask = objectOf({
  id: uuid,
  name: text,
  display_name: text,
  owner_name: text,
  workspace_name: text,
  workspace_status: orAbsent(workspaceStatus),
  workspace_build_number: orAbsent(count),
  /** Only ever compared with the ids of apps. */
  workspace_app_id: anything,
  template_id: uuid,
  initial_prompt: text,
  status: oneOf("pending", "initializing", "active", "paused", "unknown", "error"),
  current_state: orAbsent(
    orNull(objectOf({ state: oneOf("working", "idle", "complete", "failed", "failure"), message: text })),
  ),
});

const readAgent = objectOf({
  id: uuid,
  name: text,
  lifecycle_state: text,
  apps: listOf(objectOf({ id: uuid, slug: text, health: text })),
});

const readBuild = objectOf({
  id: uuid,
  status: workspaceStatus,
  transition: oneOf("start", "stop", "delete"),
  build_number: count,
  template_version_id: uuid,
  job: objectOf({ status: text, completed_at: orAbsent(text) }),
  resources: listOf(objectOf({ agents: orAbsent(listOf(readAgent)) })),
});

const readWorkspace = objectOf({
  id: uuid,
  name: text,
  owner_name: text,
  template_id: uuid,
  outdated: flag,
  latest_build: readBuild,
});

const readTemplate = objectOf({
  id: uuid,
  name: text,
  display_name: text,
  active_version_id: uuid,
  build_time_stats: objectOf({ start: objectOf({ P50: orNull(count), P95: orNull(count) }) }),
});

const readPresets = orNull(
  listOf(objectOf({ ID: uuid, Name: text, Default: flag, Description: text, Icon: text })),
);
const readServices = listOf(objectOf({ id: text, display_name: text, authenticated: flag }));
const readVersions = listOf(objectOf({ id: uuid, name: text }));
const readParameters = listOf(objectOf({ name: text, value: text }));
const readLogs = objectOf({
  logs: listOf(objectOf({ id: count, type: oneOf("input", "output"), content: text })),
});
const readLine = objectOf({ id: count, stage: text, output: text, log_level: text });
const readAgentLines = listOf(objectOf({ id: count, output: text, level: text }));
const readUser = objectOf({
  id: uuid,
  username: text,
  name: orAbsent(text),
  organization_ids: listOf(uuid),
  roles: listOf(objectOf({ name: text, display_name: text })),
});
const readUsers = objectOf({ users: listOf(readUser), count });

export type Task = ReadBy<typeof readTask>;
type Build = ReadBy<typeof readBuild>;

/** Seconds. */
const poll = 5;

/** The pages of the service itself, as a browser runs them. Its token is a cookie. */
export class WebUi implements Disposable {
  readonly #api: Api;
  readonly #surroundings: Surroundings;
  readonly #cookie: { readonly Cookie: string };

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#cookie = { Cookie: `coder_session_token=${surroundings.token}` };
    this.#api = new Api(surroundings, this.#cookie);
  }

  /** What every page asks before it shows anything. */
  async shell() {
    const api = this.#api;
    const user = await api.get("/users/me", readUser);
    const { version } = await api.get("/buildinfo", objectOf({ version: text }));
    const { has_license } = await api.get("/entitlements", objectOf({ has_license: flag }));
    const experiments = await api.get("/experiments", listOf(text));
    const checks = {
      viewAllUsers: { object: { resource_type: "user" }, action: "read" },
      viewDeployment: { object: { resource_type: "deployment_config" }, action: "read" },
    };
    const readChecks = objectOf({ viewAllUsers: flag, viewDeployment: flag });
    const may = await api.send("POST", "/authcheck", { body: { checks }, read: readChecks });
    if (may.viewDeployment) await api.get("/deployment/config", objectOf({ config: anything }));
    const { application_name } = await api.get("/appearance", objectOf({ application_name: text }));
    const { regions } = await api.get("/regions", objectOf({ regions: listOf(objectOf({ name: text })) }));
    const inbox = objectOf({ notifications: listOf(anything), unread_count: count });
    const { unread_count } = await api.get("/notifications/inbox", inbox);
    return { user, version, has_license, experiments, may, application_name, regions, unread_count };
  }

  /** Tasks of a user, who can be any when the viewer administers users. */
  async tasksPage(username: string) {
    const templates = await this.#api.get("/templates?q=has-ai-task:true", listOf(readTemplate));
    const q = encodeURIComponent(`owner:${username}`);
    const { tasks } = await this.#api.get(`/tasks?q=${q}`, objectOf({ tasks: listOf(readTask) }));
    const waiting = tasks.filter(({ current_state: now }) => now?.state === "idle");
    return { templates, tasks, waiting };
  }

  /** The choice of users on the page of tasks. */
  async usersLike(words: string): Promise<readonly string[]> {
    const { users } = await this.#api.get(`/users?q=${encodeURIComponent(words)}&limit=25`, readUsers);
    return users.map(({ username }) => username);
  }

  async newTask(userId: string, templateId: string, prompt: string): Promise<Task> {
    const { active_version_id: version } = await this.#api.get(`/templates/${templateId}`, readTemplate);
    await this.#api.get(`/templates/${templateId}/versions`, readVersions);
    const presets = (await this.#api.get(`/templateversions/${version}/presets`, readPresets)) ?? [];
    const services = await this.#api.get(`/templateversions/${version}/external-auth`, readServices);
    if (services.some(({ authenticated }) => !authenticated)) throw new Error("Sign in to a service first.");
    const preset = presets.find(({ Default }) => Default)?.ID;
    const body = { input: prompt, template_version_id: version, template_version_preset_id: preset };
    return this.#api.send("POST", `/tasks/${userId}`, { body, read: readTask });
  }

  /** The page of one task: it shows the app with the conversation as soon as it knows which that is. */
  async taskPage({ owner_name: owner, id }: Pick<Task, "owner_name" | "id">) {
    const task = await this.#api.get(`/tasks/${owner}/${id}`, readTask);
    const workspace = await this.#api.get(`/users/${owner}/workspace/${task.workspace_name}`, readWorkspace);
    const { build_time_stats: times } = await this.#api.get(`/templates/${task.template_id}`, readTemplate);
    const { latest_build: build } = workspace;
    const parameters = await this.#api.get(`/workspacebuilds/${build.id}/parameters`, readParameters);
    const agents = build.resources.flatMap((resource) => resource.agents ?? []);
    const chat = agents.flatMap(({ apps }) => apps).find((app) => app.id === task.workspace_app_id);
    return { task, workspace, build, parameters, agents, chat, times };
  }

  /** Stays on the page of a task, which looks again every few seconds, until it shows what is waited for. */
  async stayUntil(task: Task, isThere: (task: Task) => boolean) {
    for (;;) {
      const page = await this.taskPage(task);
      if (isThere(page.task)) return page;
      await this.#surroundings.pause(poll);
    }
  }

  /** The lines of a build that the page shows while the build runs. */
  async buildLog(build: Pick<Build, "id">): Promise<readonly string[]> {
    const path = `/workspacebuilds/${build.id}/logs?follow=true&after=-1`;
    const socket = await this.#surroundings.openSocket(path, this.#cookie);
    await socket.closed();
    return socket.frames.map((frame) => readLine(JSON.parse(frame), "").output);
  }

  /** What an agent has written since its start, up to the line that is waited for, as the page shows it. */
  async agentLog({ id }: { readonly id: string }, last: string): Promise<readonly string[]> {
    const path = `/workspaceagents/${id}/logs?follow=true&after=0`;
    const socket = await this.#surroundings.openSocket(path, this.#cookie);
    const lines: string[] = [];
    for (let frame = 0; lines.at(-1) !== last; frame++) {
      const read = readAgentLines(JSON.parse(await socket.frame(frame)), "");
      lines.push(...read.map(({ output }) => output));
    }
    await socket.leave();
    return lines;
  }

  /** What the page of a paused task shows. */
  async pausedView({ owner_name: owner, id }: Task) {
    const { logs } = await this.#api.get(`/tasks/${owner}/${id}/logs`, readLogs);
    return logs;
  }

  async pause(task: Task): Promise<Build> {
    return this.#act(task, "pause");
  }

  async resume(task: Task): Promise<Build> {
    return this.#act(task, "resume");
  }

  /** What stood in place of pause and resume before there were such operations, and what editing a prompt still does. */
  async build(task: Task, transition: "start" | "stop"): Promise<Build> {
    const { workspace, build } = await this.taskPage(task);
    const order = { transition, template_version_id: build.template_version_id };
    const path = `/workspaces/${workspace.id}/builds`;
    return this.#api.send("POST", path, { body: order, read: readBuild });
  }

  /** Stops whatever goes on, gives the task another prompt and starts it with that. */
  async editPrompt(task: Task, prompt: string): Promise<Build> {
    const { owner_name: owner, id, workspace_build_number: number } = task;
    const build = await this.#api.get(this.#pathOfBuild(task, number ?? 0), readBuild);
    if (build.status !== "stopped") {
      await this.#api.order("PATCH", `/workspacebuilds/${build.id}/cancel`);
      await this.ended(task, build);
      await this.ended(task, await this.build(task, "stop"));
    }
    await this.#api.order("PATCH", `/tasks/${owner}/${id}/input`, { input: prompt });
    return this.build(task, "start");
  }

  async delete({ owner_name: owner, id }: Task): Promise<void> {
    await this.#api.order("DELETE", `/tasks/${owner}/${id}`);
  }

  /** Looks again every second until a build has come to its end. */
  async ended(task: Task, { build_number: number }: Build): Promise<Build> {
    for (;;) {
      const build = await this.#api.get(this.#pathOfBuild(task, number), readBuild);
      if (build.job.completed_at !== undefined) return build;
      await this.#surroundings.pause(1);
    }
  }

  [Symbol.dispose](): void {
    this.#api[Symbol.dispose]();
  }

  async #act({ owner_name: owner, id }: Task, action: "pause" | "resume"): Promise<Build> {
    const read = objectOf({ workspace_build: readBuild });
    return (await this.#api.send("POST", `/tasks/${owner}/${id}/${action}`, { read })).workspace_build;
  }

  #pathOfBuild({ owner_name: owner, workspace_name: name }: Task, number: number): string {
    return `/users/${owner}/workspace/${name}/builds/${number}`;
  }
}
