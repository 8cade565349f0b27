import type { HttpClient, Json, Method } from "../support/http-client.ts";
import { doAsAgent } from "./crowd-agents.ts";
import { CrowdCalls, type Way } from "./crowd-calls.ts";
import { doAmongPeople } from "./crowd-people.ts";
import type { Act } from "./crowd-steps.ts";
import type { CrowdWorld } from "./crowd-world.ts";

const webAgent = "fbcbfa59-cd97-435e-8a2f-58d8351756fc";

/** One step in a world, in which it is named in one way. */
export class CrowdVisit {
  readonly #world: CrowdWorld;
  readonly #calls: CrowdCalls;

  constructor(world: CrowdWorld, client: HttpClient, way: Way) {
    this.#world = world;
    this.#calls = new CrowdCalls(world, client, way);
  }

  async do(act: Exclude<Act, { kind: "recreate" | "clash" }>): Promise<void> {
    switch (act.kind) {
      case "create":
        return await this.#create(act.name, act.owner);
      case "list":
        return await this.#list();
      case "steer":
        return await this.#steer(act);
      case "wait": {
        const body = { status: "active", timeout: "0s" };
        await this.#calls.admin("POST", `/tasks/${act.task}/wait`, [200, 404, 408], body);
        return;
      }
      case "advance":
        await this.#calls.admin("POST", "/clock/advance", [200, 404], act.leap);
        return;
      case "journal":
        return await this.#checkJournal();
      case "state":
        await this.#calls.admin("GET", "/state", [200]);
        return;
      case "reset":
        await this.#calls.admin("POST", "/reset", [200]);
        this.#world.begin();
        return;
      case "snapshot":
        await this.#calls.admin("POST", "/snapshots", [201], { name: act.slot, replace: true });
        this.#world.keep(act.slot);
        return;
      case "restore":
        return await this.#restore(act.slot);
      case "hand-in":
      case "app-status":
        return await doAsAgent(act, this.#world, this.#calls);
      case "hire":
      case "token":
      case "meet":
      case "people":
      case "set":
      case "trip":
      case "traps":
        return await doAmongPeople(act, this.#world, this.#calls);
      default:
        return await this.#onTask(act.kind, act.task);
    }
  }

  async #create(name: string, owner: string): Promise<void> {
    const { shown, mark } = this.#world;
    const prompt = `${name} of ${mark}`;
    const known = shown.tasks.get(name);
    const mayBeTaken = shown.usedNames.has(`${owner}/${name}`) ? [201, 409] : [201];
    const statuses = known?.owner === owner ? [409] : mayBeTaken;
    const body = { template_version_id: webAgent, name, input: prompt };
    const token = this.#world.tokenOf(owner);
    const { status, body: made } = await this.#calls.api("POST", "/tasks/me", statuses, { token, body });
    if (status !== 201) return;
    if (known === undefined) this.#world.put(name, { id: made.id, owner, prompt });
    // It is the other owner's name already: the second of the name goes again, so that names stay telling.
    else await this.#clear(made.id, owner);
  }

  async #clear(id: string, owner: string): Promise<void> {
    await this.#calls.admin("POST", `/tasks/${id}/settle`, [200]);
    await this.#calls.api("DELETE", `/tasks/me/${id}`, [202], { token: this.#world.tokenOf(owner) });
    await this.#calls.admin("POST", `/tasks/${id}/settle`, [200]);
  }

  async #list(): Promise<void> {
    const { body } = await this.#calls.api("GET", "/tasks", [200]);
    const listed = body.tasks.map((task: Json) => [task.name, task.id, task.owner_name, task.initial_prompt]);
    const kept = [...this.#world.shown.tasks].map(([name, { id, owner, prompt }]) => [
      name,
      id,
      owner,
      prompt,
    ]);
    this.#calls.checkAll(listed, kept);
  }

  async #onTask(
    kind: "get" | "logs" | "send" | "patch" | "pause" | "resume" | "delete",
    name: string,
  ): Promise<void> {
    const kept = this.#world.shown.tasks.get(name);
    const { mark } = this.#world;
    const path = `/tasks/${kept?.owner ?? "olga"}/${kept?.id ?? name}`;
    const input = `said to ${name} in ${mark}`;
    const ask = (method: Method, rest: string, statuses: readonly number[], body?: object) =>
      this.#calls.api(
        method,
        `${path}${rest}`,
        kept === undefined ? [404] : statuses,
        body === undefined ? {} : { body },
      );
    switch (kind) {
      case "get": {
        const { body } = await ask("GET", "", [200]);
        this.#calls.check(body?.initial_prompt === kept?.prompt, `prompt ${body?.initial_prompt}`);
        return;
      }
      case "logs":
        await ask("GET", "/logs", [200, 409, 502]);
        return;
      case "send":
        await ask("POST", "/send", [204, 400, 409, 502], { input });
        return;
      case "patch": {
        const { status } = await ask("PATCH", "/input", [204, 409], { input });
        if (status === 204 && kept !== undefined) this.#world.put(name, { ...kept, prompt: input });
        return;
      }
      case "pause":
      case "resume":
        await ask("POST", `/${kind}`, [202, 409]);
        return;
      case "delete": {
        const { status } = await ask("DELETE", "", [202, 409]);
        if (status === 202) this.#world.drop(name);
        return;
      }
    }
  }

  async #steer({ task, order }: Extract<Act, { kind: "steer" }>): Promise<void> {
    const { mark, shown } = this.#world;
    const text =
      order.path === "report" ? { message: mark } : order.path === "messages" ? { content: mark } : {};
    const statuses = shown.tasks.has(task) ? [200, 409] : [404];
    await this.#calls.admin("POST", `/tasks/${task}/${order.path}`, statuses, { ...order.body, ...text });
  }

  async #checkJournal(): Promise<void> {
    const { journal } = this.#world;
    const { requests } = await this.#calls.admin("GET", "/requests?limit=1000", [200]);
    const seen = requests.map(({ method, path, status }: Json) => `${method} ${path} ${status}`);
    this.#calls.check(
      JSON.stringify(seen) === JSON.stringify(journal),
      `journal ${seen} instead of ${journal}`,
    );
  }

  async #restore(slot: string): Promise<void> {
    const { status } = await this.#calls.adminAnswer("POST", `/snapshots/${slot}/restore`, [200, 404]);
    const isKnown = this.#world.begin(status === 200 ? slot : "none");
    this.#calls.check(isKnown === (status === 200), `snapshot ${slot}: ${status}`);
  }
}
