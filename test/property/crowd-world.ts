import type { Answer, Call, HttpClient, Json } from "../support/http-client.ts";
import type { Method } from "../support/test-mock.ts";
import type { Act, CrowdStep, Way } from "./crowd-steps.ts";

/** A task that has to show. */
interface Kept {
  readonly id: string;
  readonly owner: string;
  readonly prompt: string;
}

/** What a world has to show: what it began with, and what it was told since. */
export interface Shown {
  /** By name: in this crowd no two owners share one. */
  readonly tasks: ReadonlyMap<string, Kept>;
  /** `owner/name` of all that there ever was: a workspace has its name until its deletion is through. */
  readonly usedNames: ReadonlySet<string>;
}

interface Exchange {
  readonly call: Call;
  readonly answer: Answer;
}

const webAgent = "fbcbfa59-cd97-435e-8a2f-58d8351756fc";
const anyMarker = /mark\d+x\d+/g;

/**
 * One world of a crowd, with a model of what it has to show. All that is written into it carries a mark of its own, so that
 * a text of another world, or of an earlier one of its id, gives itself away in any answer.
 */
export class CrowdWorld {
  readonly id: string;
  readonly #start: Shown;
  readonly #number: number;
  /** How often a world of this id was made. */
  #generation = 0;
  #tokens: Readonly<Record<string, string>> = {};
  #shown: Shown;
  #snapshots = new Map<string, Shown>();
  /** Requests to the API since the world began, as its journal has to have them. */
  #journal: string[] = [];
  /** All that was ever asked of it since it was made. */
  #exchanges: Exchange[] = [];
  /** While a client is at it. */
  isTaken = false;

  constructor(number: number, start: Shown) {
    this.id = `crowd-${number}`;
    this.#number = number;
    this.#start = start;
    this.#shown = start;
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  get token(): string {
    return this.#tokens["olga"] ?? "";
  }

  async make(client: HttpClient): Promise<void> {
    const made = await client.call({ method: "POST", path: "/__admin/worlds", body: { id: this.id } });
    this.#expect(made, made.status === 201, "a new world");
    this.#generation += 1;
    this.#tokens = made.body.tokens;
    this.#shown = this.#start;
    this.#snapshots = new Map();
    this.#journal = [];
    this.#exchanges = [];
  }

  /** Does one step and holds the answer to the model. `others` are worlds that a call may confuse it with. */
  async take(client: HttpClient, { way, act }: CrowdStep, others: readonly CrowdWorld[]): Promise<void> {
    switch (act.kind) {
      case "recreate":
        await this.remove(client);
        return await this.make(client);
      case "clash": {
        const other = others[act.other % others.length];
        // One that somebody else has may be about to go, and its token with it.
        return other === undefined || other.isTaken ? undefined : await this.#clash(client, other);
      }
      default:
        return await new Visit(this, client, way).do(act);
    }
  }

  async remove(client: HttpClient): Promise<void> {
    const answer = await client.call({ method: "DELETE", path: `/__admin/worlds/${this.id}` });
    this.#expect(answer, answer.status === 204, "a deletion");
  }

  /** Two worlds named at once: nobody's journal may know of it. */
  async #clash(client: HttpClient, other: CrowdWorld): Promise<void> {
    other.isTaken = true;
    const answer = await client.call({
      method: "GET",
      path: `/w/${this.id}/api/v2/tasks`,
      headers: { "Coder-Session-Token": other.token },
    });
    other.isTaken = false;
    this.#expect(answer, answer.status === 400 && answer.text.search(anyMarker) < 0, "a refusal");
  }

  get mark(): string {
    return `mark${this.#number}x${this.#generation}`;
  }

  get shown(): Shown {
    return this.#shown;
  }

  tokenOf(username: string): string {
    return this.#tokens[username] ?? "";
  }

  /** Makes a call that names this world already, and looks for anything that is not its own. */
  async ask(client: HttpClient, call: Call, inWorld: string): Promise<Answer> {
    const answer = await client.call(call);
    this.#exchanges.push({ call, answer });
    const seen = `${answer.text} ${JSON.stringify(answer.headers)}`;
    const strays = [...seen.matchAll(anyMarker)].filter(([text]) => text !== this.mark);
    this.#expect(answer, strays.length === 0, `no mark but ${this.mark}`);
    this.#expect(answer, answer.headers["x-mock-world"] === this.id, "an answer of its own");
    if (inWorld.startsWith("/__admin")) return answer;
    this.#journal.push(`${call.method} ${inWorld} ${answer.status}`);
    const number = answer.headers["x-mock-request-id"];
    this.#expect(answer, number === String(this.#journal.length), `request number ${this.#journal.length}`);
    return answer;
  }

  put(name: string, task: Kept): void {
    const { tasks, usedNames } = this.#shown;
    this.#shown = {
      tasks: new Map([...tasks, [name, task]]),
      usedNames: new Set([...usedNames, `${task.owner}/${name}`]),
    };
  }

  drop(name: string): void {
    const { tasks, usedNames } = this.#shown;
    this.#shown = { tasks: new Map([...tasks].filter(([key]) => key !== name)), usedNames };
  }

  keep(slot: string): void {
    this.#snapshots.set(slot, this.#shown);
  }

  /** Begins anew from a snapshot, or from the start; false when there is no such snapshot. */
  begin(slot?: string): boolean {
    const shown = slot === undefined ? this.#start : this.#snapshots.get(slot);
    if (shown === undefined) return false;
    this.#shown = shown;
    this.#journal = [];
    return true;
  }

  /** Newest first. */
  get journal(): readonly string[] {
    return this.#journal.toReversed();
  }

  #expect(answer: Answer, holds: boolean, what: string): void {
    if (holds) return;
    const latest = this.#exchanges.slice(-8).map(({ call, answer: { status, text } }) => {
      return `${call.method} ${call.path} ${JSON.stringify(call.body)}: ${status} ${text.slice(0, 200)}`;
    });
    throw new Error(
      `World ${this.id}: expected ${what}, received ${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}\nBefore it:\n${latest.join("\n")}`,
    );
  }
}

/** One step in a world, in which it is named in one way. */
class Visit {
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
