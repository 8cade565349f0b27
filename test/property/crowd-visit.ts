import type { Answer, Call, HttpClient, Json, Method } from "../support/http-client.ts";
import type { Act, Way } from "./crowd-steps.ts";
import type { CrowdWorld } from "./crowd-world.ts";

const webAgent = "fbcbfa59-cd97-435e-8a2f-58d8351756fc";

/** One step in a world, in which it is named in one way. */
export class CrowdVisit {
  readonly #world: CrowdWorld;
  readonly #client: HttpClient;
  readonly #way: Way;

  constructor(world: CrowdWorld, client: HttpClient, way: Way) {
    this.#world = world;
    this.#client = client;
    this.#way = way;
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
        await this.#admin("POST", `/tasks/${act.task}/wait`, [200, 404, 408], body);
        return;
      }
      case "advance":
        await this.#admin("POST", "/clock/advance", [200, 404], act.leap);
        return;
      case "journal":
        return await this.#checkJournal();
      case "state":
        await this.#admin("GET", "/state", [200]);
        return;
      case "reset":
        await this.#admin("POST", "/reset", [200]);
        this.#world.begin();
        return;
      case "snapshot":
        await this.#admin("POST", "/snapshots", [201], { name: act.slot, replace: true });
        this.#world.keep(act.slot);
        return;
      case "restore":
        return await this.#restore(act.slot);
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
    const { status, body: made } = await this.#api("POST", "/tasks/me", statuses, { as: owner, body });
    if (status !== 201) return;
    if (known === undefined) this.#world.put(name, { id: made.id, owner, prompt });
    // It is the other owner's name already: the second of the name goes again, so that names stay telling.
    else await this.#clear(made.id, owner);
  }

  async #clear(id: string, owner: string): Promise<void> {
    await this.#admin("POST", `/tasks/${id}/settle`, [200]);
    await this.#api("DELETE", `/tasks/me/${id}`, [202], { as: owner });
    await this.#admin("POST", `/tasks/${id}/settle`, [200]);
  }

  async #list(): Promise<void> {
    const { body } = await this.#api("GET", "/tasks", [200]);
    const listed = body.tasks.map((task: Json) => [task.name, task.id, task.owner_name, task.initial_prompt]);
    const kept = [...this.#world.shown.tasks].map(([name, { id, owner, prompt }]) => [
      name,
      id,
      owner,
      prompt,
    ]);
    const [seen, wanted] = [listed, kept].map((rows) => JSON.stringify(rows.sort()));
    this.#check(seen === wanted, `${seen} instead of ${wanted}`);
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
      this.#api(
        method,
        `${path}${rest}`,
        kept === undefined ? [404] : statuses,
        body === undefined ? {} : { body },
      );
    switch (kind) {
      case "get": {
        const { body } = await ask("GET", "", [200]);
        this.#check(body?.initial_prompt === kept?.prompt, `prompt ${body?.initial_prompt}`);
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
    await this.#admin("POST", `/tasks/${task}/${order.path}`, statuses, { ...order.body, ...text });
  }

  async #checkJournal(): Promise<void> {
    const { journal } = this.#world;
    const { requests } = await this.#admin("GET", "/requests?limit=1000", [200]);
    const seen = requests.map(({ method, path, status }: Json) => `${method} ${path} ${status}`);
    this.#check(JSON.stringify(seen) === JSON.stringify(journal), `journal ${seen} instead of ${journal}`);
  }

  async #restore(slot: string): Promise<void> {
    const { status } = await this.#adminAnswer("POST", `/snapshots/${slot}/restore`, [200, 404]);
    const isKnown = this.#world.begin(status === 200 ? slot : "none");
    this.#check(isKnown === (status === 200), `snapshot ${slot}: ${status}`);
  }

  async #admin(method: Method, path: string, statuses: readonly number[], body?: object): Promise<Json> {
    return (await this.#adminAnswer(method, path, statuses, body)).body;
  }

  #adminAnswer(method: Method, path: string, statuses: readonly number[], body?: object): Promise<Answer> {
    const { id } = this.#world;
    const full = `/__admin${path}`;
    const query = `${full}${path.includes("?") ? "&" : "?"}world=${id}`;
    const ways: Readonly<Record<Way, { readonly path: string; readonly named: boolean }>> = {
      path: { path: `/w/${id}${full}`, named: false },
      header: { path: full, named: true },
      token: { path: query, named: false },
      all: { path: `/w/${id}${query}`, named: true },
    };
    const { path: asked, named } = ways[this.#way];
    const headers = named ? { "X-Mock-World": id } : {};
    const call = { method, path: asked, headers, ...(body === undefined ? {} : { body }) };
    return this.#ask(call, full, statuses);
  }

  #api(
    method: Method,
    path: string,
    statuses: readonly number[],
    { as = "olga", body }: { readonly as?: string; readonly body?: object } = {},
  ): Promise<Answer> {
    const { id } = this.#world;
    const full = `/api/v2${path}`;
    const isInPath = this.#way === "path" || this.#way === "all";
    const isInHeader = this.#way === "header" || this.#way === "all";
    const call = {
      method,
      path: isInPath ? `/w/${id}${full}` : full,
      headers: {
        "Coder-Session-Token": this.#world.tokenOf(as),
        ...(isInHeader ? { "X-Mock-World": id } : {}),
      },
      ...(body === undefined ? {} : { body }),
    };
    return this.#ask(call, full, statuses);
  }

  async #ask(call: Call, inWorld: string, statuses: readonly number[]): Promise<Answer> {
    const answer = await this.#world.ask(this.#client, call, inWorld);
    const { status, text } = answer;
    this.#check(statuses.includes(status), `${call.method} ${call.path}: ${status} ${text}`);
    return answer;
  }

  #check(holds: boolean, received: string): void {
    if (!holds) throw new Error(`World ${this.#world.id} did not expect ${received}`);
  }
}
