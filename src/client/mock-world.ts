import type { AdminClient, WorldClient } from "./admin-client.ts";
import type { AdminSchemas, QueryOf } from "./admin-types.ts";
import { EventStream } from "./event-stream.ts";
import { MockError } from "./mock-error.ts";
import { TaskHandle } from "./task-handle.ts";
import { WorldClock } from "./world-clock.ts";
import { WorldCoverage } from "./world-coverage.ts";
import { WorldExploring } from "./world-exploring.ts";
import { WorldFaults } from "./world-faults.ts";
import { WorldRequests } from "./world-requests.ts";
import { WorldSnapshots } from "./world-snapshots.ts";
import { WorldState } from "./world-state.ts";
import { WorldUsers } from "./world-users.ts";
import { WorldViolations } from "./world-violations.ts";

type Summary = AdminSchemas["WorldSummary"];

/** Where a world is, and what is to be done when its scope ends. */
export interface WorldPlace {
  readonly id: string;
  /** Base URL for clients. */
  readonly url: string;
  readonly tokens: AdminSchemas["World"]["tokens"];
  readonly whenClosed: () => Promise<void>;
}

/** One complete private state of a mock, and a hand on all of it. Bodies and answers are those of the admin API. */
export class MockWorld implements AsyncDisposable {
  readonly id: string;
  /** Base URL for clients: paths of the API are joined to it as texts. */
  readonly url: string;
  readonly clock: WorldClock;
  readonly requests: WorldRequests;
  readonly violations: WorldViolations;
  readonly coverage: WorldCoverage;
  readonly faults: WorldFaults;
  readonly snapshots: WorldSnapshots;
  readonly state: WorldState;
  readonly users: WorldUsers;
  readonly exploring: WorldExploring;
  protected readonly client: AdminClient;
  readonly #here: WorldClient;
  readonly #whenClosed: () => Promise<void>;
  #tokens: AdminSchemas["World"]["tokens"];

  constructor(client: AdminClient, { id, url, tokens, whenClosed }: WorldPlace) {
    this.client = client;
    this.id = id;
    this.url = url;
    this.#tokens = tokens;
    this.#whenClosed = whenClosed;
    const here = client.forWorld(id);
    this.#here = here;
    this.clock = new WorldClock(here);
    this.requests = new WorldRequests(here);
    this.violations = new WorldViolations(here);
    this.coverage = new WorldCoverage(here);
    this.faults = new WorldFaults(here);
    this.snapshots = new WorldSnapshots(here);
    this.exploring = new WorldExploring(here);
    const changed = () => this.info();
    this.state = new WorldState(here, changed);
    this.users = new WorldUsers(here, changed);
  }

  /** Session tokens by username, of everybody who could sign in when it was last looked: `info` looks again. */
  get tokens(): AdminSchemas["World"]["tokens"] {
    return this.#tokens;
  }

  /** The session token of a user. */
  token(username: string): string {
    const token = Object.hasOwn(this.#tokens, username) ? this.#tokens[username] : undefined;
    if (token !== undefined) return token;
    const names = Object.keys(this.#tokens);
    const known = names.length === 0 ? "Nobody can" : `Known: ${names.join(", ")}`;
    const message = `No user ${JSON.stringify(username)} can sign in to world ${JSON.stringify(this.id)}. ${known}.`;
    throw new MockError(message, { code: "unknown-user" });
  }

  /** Scenario, seed, contract, clock and tokens. */
  async info(): Promise<AdminSchemas["World"]> {
    const world = await this.client.call("get-world", { path: { world: this.id } });
    this.#tokens = world.tokens;
    return world;
  }

  /** Begins anew, as the world was made, or with what the order names. */
  async reset(order?: AdminSchemas["Reset"]): Promise<Summary> {
    const summary = await this.#here.call("reset-world", { body: order });
    await this.info();
    return summary;
  }

  /** Keeps the present moment under a name; `replace` lets it take the place of another. */
  snapshot(
    name: string,
    options: { readonly replace?: boolean | undefined } = {},
  ): Promise<AdminSchemas["WorldSnapshot"]> {
    return this.#here.call("take-snapshot", { body: { name, ...options } });
  }

  /** Goes back to a snapshot. */
  async restore(name: string): Promise<Summary> {
    const summary = await this.#here.call("restore-snapshot", { path: { snapshot: name } });
    await this.info();
    return summary;
  }

  /** A task, by its id, its name, or `owner:name`. It is not looked for before it is used. */
  task(ref: string): TaskHandle {
    return new TaskHandle(this.#here, ref);
  }

  /** Tasks from the inside, newest first. */
  tasks(query: QueryOf<"list-tasks"> = {}): Promise<AdminSchemas["TaskList"]> {
    return this.#here.call("list-tasks", { query });
  }

  async templates(): Promise<readonly AdminSchemas["Template"][]> {
    const { templates } = await this.#here.call("list-templates");
    return templates;
  }

  /** What each contract makes of the exchanges so far. */
  compatibility(): Promise<AdminSchemas["Compatibility"]> {
    return this.#here.call("get-compatibility");
  }

  /** Listens from now on, or on from the event of a number: 0 for all that is kept. */
  async events(
    query: QueryOf<"stream-events"> = {},
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<EventStream> {
    const response = await this.#here.open("stream-events", { query, signal });
    const explain = (cause: unknown) => {
      if (signal?.aborted) return signal.reason;
      const message = `The events of world ${JSON.stringify(this.id)} broke off. Has the mock stopped?`;
      return new MockError(message, { code: "unreachable", cause });
    };
    return new EventStream(response.body ?? new ReadableStream(), explain);
  }

  /** Ends a world that was made here; one that was only opened goes on without this hand on it. */
  close(): Promise<void> {
    return this.#whenClosed();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
