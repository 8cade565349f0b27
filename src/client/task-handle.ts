import type { WorldClient } from "./admin-client.ts";
import type { AdminOperationId, AdminSchemas, AnswerOf, WithOneOf } from "./admin-types.ts";

type Task = AdminSchemas["Task"];

/** At least one of what a task can be waited for, and how long. */
type TaskWait = AdminSchemas["TaskWait"] &
  WithOneOf<AdminSchemas["TaskWait"], "status" | "state" | "logs_count" | "deleted">;

/** A task from the inside. Whatever is done to it answers with what it is then. */
export class TaskHandle {
  /** Its id, its name where only one owner has a task of that name, or `owner:name`. */
  readonly ref: string;
  readonly #client: WorldClient;

  constructor(client: WorldClient, ref: string) {
    this.#client = client;
    this.ref = ref;
  }

  /** Status, builds, agent, app, conversation, reports, what is due, and what the API would answer now. */
  get(): Promise<Task> {
    return this.#call("get-task");
  }

  /** Begins a build, or moves the job of the latest. */
  build(order: AdminSchemas["BuildOrder"]): Promise<Task> {
    return this.#call("steer-build", order);
  }

  /** Puts the agent into a lifecycle state, connects or disconnects it. */
  agent(order: AdminSchemas["AgentOrder"]): Promise<Task> {
    return this.#call("steer-agent", order);
  }

  /** Makes the app healthy, busy, unreachable, and so on. */
  app(order: AdminSchemas["AppOrder"]): Promise<Task> {
    return this.#call("steer-app", order);
  }

  /** Reports a state, as the agent does. */
  report(report: AdminSchemas["NewReport"]): Promise<Task> {
    return this.#call("add-report", report);
  }

  /** Adds a message to the conversation. */
  message(message: AdminSchemas["NewMessage"]): Promise<Task> {
    return this.#call("add-message", message);
  }

  /** Lets all that is planned for it happen now. The clock stands still. */
  settle(): Promise<AdminSchemas["Happened"]> {
    return this.#call("settle-task");
  }

  /** Waits in real time until it is as wanted. Throws with code `timeout` after `timeout`, 30s when left out. */
  wait(order: TaskWait, options: { readonly signal?: AbortSignal | undefined } = {}): Promise<Task> {
    return this.#call("wait-for-task", order, options.signal);
  }

  #call<Id extends AdminOperationId>(id: Id, body?: object, signal?: AbortSignal): Promise<AnswerOf<Id>> {
    return this.#client.call(id, { path: { task: this.ref }, body, signal });
  }
}
