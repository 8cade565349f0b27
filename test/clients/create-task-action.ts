import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orAbsent,
  orNull,
  type ReadBy,
  stamp,
  text,
  uuid,
} from "./strict-reader.ts";
import { Api, type Surroundings, unless } from "./surroundings.ts";

const readUsers = objectOf({
  users: listOf(
    objectOf({
      id: uuid,
      username: text,
      email: text,
      organization_ids: listOf(uuid),
      github_com_user_id: orAbsent(count),
    }),
  ),
});

const readTemplate = objectOf({
  id: uuid,
  name: text,
  description: orAbsent(text),
  organization_id: uuid,
  active_version_id: uuid,
});

const readPresets = listOf(objectOf({ ID: uuid, Name: text, Default: flag }));

/** The action's schema insists on each of these; `current_state` may be null, but it has to be there. */
const readTask = objectOf({
  id: uuid,
  name: text,
  owner_id: uuid,
  template_id: uuid,
  created_at: stamp,
  updated_at: stamp,
  status: oneOf("pending", "initializing", "active", "paused", "unknown", "error"),
  current_state: orNull(objectOf({ state: oneOf("working", "idle", "complete", "failed") })),
});

const readTasks = objectOf({ tasks: listOf(readTask) });

type Task = ReadBy<typeof readTask>;

export interface ActionInputs {
  readonly githubUserId: number;
  readonly organization: string;
  readonly template: string;
  /** The default one when left out. */
  readonly preset?: string;
  readonly prefix: string;
  readonly issue: number;
  readonly prompt: string;
}

const tasks = "/api/experimental/tasks";
/** Seconds. */
const poll = 2;
const idleFor = 30;
const patience = 20 * 60;

/** A GitHub action that makes a task for an issue, or sends to the one that it made before. */
export class CreateTaskAction implements Disposable {
  readonly #api: Api;
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#api = new Api(surroundings, { "Coder-Session-Token": surroundings.token });
  }

  async run(inputs: ActionInputs): Promise<{ readonly task: Task; readonly isNew: boolean }> {
    const owner = await this.#owner(inputs.githubUserId);
    const name = `${inputs.prefix}-${inputs.issue}`;
    const order = { name, ...(await this.#template(inputs)), input: inputs.prompt };
    const all = await this.#api.get(`${tasks}?q=${encodeURIComponent(`owner:${owner}`)}`, readTasks);
    const known = all.tasks.find((task) => task.name === name);
    if (known !== undefined && (await this.#isIdle(owner, known.id))) {
      await this.#api.order("POST", `${tasks}/${owner}/${known.id}/send`, { input: inputs.prompt });
      return { task: known, isNew: false };
    }
    const task = await this.#api.send("POST", `${tasks}/${owner}`, { body: order, read: readTask });
    await this.#isIdle(owner, task.id);
    return { task, isNew: true };
  }

  [Symbol.dispose](): void {
    this.#api[Symbol.dispose]();
  }

  async #owner(githubUserId: number): Promise<string> {
    const q = encodeURIComponent(`github_com_user_id:${githubUserId}`);
    const { users } = await this.#api.get(`/users?q=${q}`, readUsers);
    const [user, another] = users;
    if (user === undefined || another !== undefined) throw new Error(`${users.length} users, expected one.`);
    return user.username;
  }

  async #template({ organization, template, preset }: ActionInputs) {
    const found = await this.#api.get(`/organizations/${organization}/templates/${template}`, readTemplate);
    const path = `/templateversions/${found.active_version_id}/presets`;
    const presets = await this.#api.get(path, readPresets);
    const chosen = presets.find(({ Name, Default }) => (preset === undefined ? Default : Name === preset));
    if (chosen === undefined) throw new Error(`No preset ${preset ?? "by default"}.`);
    return { template_version_id: found.active_version_id, template_version_preset_id: chosen.ID };
  }

  /** Waits until a task has been idle for a while. False when it is gone: it was not found twice in a row. */
  async #isIdle(owner: string, id: string): Promise<boolean> {
    let idle = 0;
    let misses = 0;
    for (let waited = 0; waited < patience; waited += poll) {
      const task = await unless([404], this.#api.get(`${tasks}/${owner}/${id}`, readTask));
      misses = task === undefined ? misses + 1 : 0;
      if (misses === 2) return false;
      if (task?.status === "error") throw new Error(`Task ${id} is in error.`);
      const isIdle = task?.status === "active" && task.current_state?.state === "idle";
      if (isIdle && idle >= idleFor) return true;
      idle = isIdle ? idle + poll : 0;
      await this.#surroundings.pause(poll);
    }
    throw new Error(`Task ${id} was not idle within ${patience} s.`);
  }
}
