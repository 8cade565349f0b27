import type { Answer, Call, HttpClient } from "../support/http-client.ts";

/** A task that has to show. */
interface Kept {
  readonly id: string;
  readonly owner: string;
  readonly prompt: string;
}

/** A user who was added. */
interface Person {
  readonly username: string;
  /** The latest. */
  readonly token: string;
}

/** What a world has to show: what it began with, and what it was told since. */
export interface Shown {
  /** By name: in this crowd no two owners share one. */
  readonly tasks: ReadonlyMap<string, Kept>;
  /** `owner/name` of all that there ever was: a workspace has its name until its deletion is through. */
  readonly usedNames: ReadonlySet<string>;
  /** Usernames of those who are there from the start. */
  readonly residents: readonly string[];
  /** Those who came later, by their names in lower case. */
  readonly people: ReadonlyMap<string, Person>;
  /** Planned faults, each of which hits one request, and whether it has not yet. */
  readonly traps: ReadonlyMap<string, boolean>;
}

interface Exchange {
  readonly call: Call;
  readonly answer: Answer;
}

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

  async remove(client: HttpClient): Promise<void> {
    const answer = await client.call({ method: "DELETE", path: `/__admin/worlds/${this.id}` });
    this.#expect(answer, answer.status === 204, "a deletion");
  }

  /** Two worlds named at once: nobody's journal may know of it. */
  async clash(client: HttpClient, other: CrowdWorld): Promise<void> {
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
    this.#journal.push(`${call.method} ${inWorld.split("?")[0]} ${answer.status}`);
    const number = answer.headers["x-mock-request-id"];
    this.#expect(answer, number === String(this.#journal.length), `request number ${this.#journal.length}`);
    return answer;
  }

  put(name: string, task: Kept): void {
    const { tasks, usedNames } = this.#shown;
    this.#shown = {
      ...this.#shown,
      tasks: new Map([...tasks, [name, task]]),
      usedNames: new Set([...usedNames, `${task.owner}/${name}`]),
    };
  }

  drop(name: string): void {
    const { tasks } = this.#shown;
    this.#shown = { ...this.#shown, tasks: new Map([...tasks].filter(([key]) => key !== name)) };
  }

  hire(person: Person): void {
    const people = new Map([...this.#shown.people, [person.username.toLowerCase(), person]]);
    this.#shown = { ...this.#shown, people };
  }

  trap(name: string, isSet: boolean): void {
    this.#shown = { ...this.#shown, traps: new Map([...this.#shown.traps, [name, isSet]]) };
  }

  keep(slot: string): void {
    this.#snapshots.set(slot, this.#shown);
  }

  /** Begins anew from a snapshot, or from the start; false when there is no such snapshot. */
  begin(slot?: string): boolean {
    const shown = slot === undefined ? this.#start : this.#snapshots.get(slot);
    if (shown === undefined) return false;
    // Planned faults count anew.
    this.#shown = { ...shown, traps: new Map([...shown.traps.keys()].map((name) => [name, true])) };
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
