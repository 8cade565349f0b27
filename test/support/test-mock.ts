import { once } from "node:events";
import { Agent } from "node:http";
import type { App, Agent as TaskAgent } from "../../src/domain/agent.ts";
import type { TemplateVersion, User } from "../../src/domain/directory.ts";
import { asInstant } from "../../src/domain/instant.ts";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import type { Task } from "../../src/domain/task.ts";
import { latestBuild, type Workspace } from "../../src/domain/workspace.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { buildMock, type Mock } from "../../src/runtime/build-mock.ts";
import { type ConfigSources, readConfig } from "../../src/runtime/config.ts";
import { createLogger } from "../../src/runtime/logger.ts";
import { createHttpServer } from "../../src/runtime/server/http-server.ts";
import { assets } from "./assets.ts";
import { counted } from "./contract-coverage.ts";
import { type Answer, type Method, send } from "./http-client.ts";

/** Settings as flags of `serve`, by name. */
export type TestFlags = ConfigSources["flags"];

export interface Asking {
  /** Whose token goes along; the default user's when left out, none for `nobody`. */
  readonly as?: string;
  /** A token as it is, instead of a user's. */
  readonly token?: string;
  /** Objects go out as JSON; text and bytes go out as they are, without a content type of their own. */
  readonly body?: object | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A mock of its own for a test, ready, in process. */
export class TestMock {
  readonly mock: Mock;
  /** What the mock logged, a line each. */
  readonly log: readonly string[];

  /** One connection for many requests: opening one costs more than answering one. */
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;
  readonly #start: WorldStart;

  constructor(mock: Mock, log: readonly string[], port: number) {
    this.mock = mock;
    this.log = log;
    this.#port = port;
    this.#start = mock.host.world.start;
  }

  /** One request. `path` stands below `/api/v2` unless it begins with a prefix of its own. */
  ask(method: Method, path: string, asking: Asking = {}): Promise<Answer> {
    const token = asking.token ?? this.#tokenFor(asking.as);
    return this.send(method, path.startsWith("/tasks") ? `/api/v2${path}` : path, {
      ...asking,
      headers: {
        ...(token === undefined ? {} : { "Coder-Session-Token": token }),
        ...(isPlain(asking.body) ? { "Content-Type": "application/json" } : {}),
        ...asking.headers,
      },
    });
  }

  /** One request as it is: with no prefix, no token and no content type that nobody named. */
  send(
    method: Method,
    path: string,
    { body, headers }: Pick<Asking, "body" | "headers"> = {},
  ): Promise<Answer> {
    const payload = body === undefined ? undefined : bytesOf(body);
    const length = payload === undefined ? {} : { "Content-Length": payload.length };
    const options = {
      agent: this.#agent,
      port: this.#port,
      method,
      path,
      headers: { ...length, ...headers },
    };
    return send(options, payload);
  }

  /** A user's session token. */
  token(username: string): string {
    const signIn = this.mock.signIns().find((candidate) => candidate.username === username);
    if (signIn === undefined) throw new Error(`No user ${username} can sign in.`);
    return signIn.token;
  }

  /** Begins anew as the mock began, if need be with another contract; far cheaper than another mock. */
  reset(contract: { readonly revision?: Revision; readonly profile?: Profile } = {}): void {
    const { host } = this.mock;
    const settings = { ...host.world.settings, ...contract };
    host.restart({ start: this.#start, settings, clock: host.options.clock, cause: "reset" });
  }

  /** Lets time go by on a manual clock. */
  pass(seconds: number): void {
    const { world } = this.mock.host;
    world.clock.moveTo(asInstant(world.clock.read() + seconds * 1000));
    world.settle(world.clock.read());
  }

  /** The inside view of a task by its name. */
  inside(name: string): {
    readonly task: Task;
    readonly workspace: Workspace;
    readonly agent: TaskAgent | undefined;
  } {
    const { tables } = this.mock.host.world;
    for (const task of tables.tasks.values()) {
      const workspace = task.workspaceId && tables.workspaces.get(task.workspaceId);
      if (task.name === name && workspace) return { task, workspace, agent: latestBuild(workspace)?.agent };
    }
    throw new Error(`No task ${name}.`);
  }

  id(name: string): string {
    return this.inside(name).task.id;
  }

  agentToken(name: string): string {
    const { agent } = this.inside(name);
    if (agent === undefined) throw new Error(`Task ${name} has no agent.`);
    return agent.token;
  }

  /** The active version of a template by its name. */
  version(templateName: string): TemplateVersion {
    for (const template of this.mock.host.world.tables.templates.values()) {
      const active = template.versions.find(({ id }) => id === template.activeVersionId);
      if (template.name === templateName && active !== undefined) return active;
    }
    throw new Error(`No template ${templateName}.`);
  }

  user(username: string): User {
    const user = this.mock.host.world.tables.userNamed(username);
    if (user === undefined) throw new Error(`No user ${username}.`);
    return user;
  }

  /** Changes a user behind the API's back. */
  changeUser(username: string, change: Partial<User>): void {
    const { world } = this.mock.host;
    world.tables.saveUser({ ...this.user(username), ...change });
    world.touch();
  }

  /** Changes the app of a task behind the API's back. */
  changeApp(name: string, change: Partial<App>): void {
    const { workspace, agent } = this.inside(name);
    const build = latestBuild(workspace);
    if (build === undefined || agent === undefined) throw new Error(`Task ${name} has no app.`);
    const changed = { ...build, agent: { ...agent, app: { ...agent.app, ...change } } };
    this.mock.host.world.saveWorkspace({ ...workspace, builds: [...workspace.builds.slice(0, -1), changed] });
  }

  /** Everything that the API shows of a world, as the bytes of its answers: the list, and each task with its logs. */
  async everything(): Promise<readonly string[]> {
    const list = await this.ask("GET", "/tasks");
    const tasks: readonly { readonly id: string }[] = list.body.tasks;
    const answers = await Promise.all(
      tasks.flatMap(({ id }) => [
        this.ask("GET", `/tasks/me/${id}`),
        this.ask("GET", `/tasks/me/${id}/logs`),
      ]),
    );
    return [list, ...answers].map(({ status, text }) => `${status} ${text}`);
  }

  #tokenFor(username: string | undefined): string | undefined {
    if (username === "nobody") return undefined;
    return this.token(username ?? this.mock.signIns().find(({ isDefault }) => isDefault)?.username ?? "");
  }
}

/**
 * A mock with a clock that stands still unless the test says otherwise, and with every answer checked and serialised anew.
 */
export async function startTestMock(flags: TestFlags = {}): Promise<TestMock> {
  const read = readConfig({ flags: { clock: "manual", ...flags }, environment: {} });
  if (!read.ok) throw new Error(read.complaints.join("\n"));
  const log: string[] = [];
  const logger = createLogger({ level: "debug", format: "pretty", write: (line) => log.push(line) });
  const mock = await buildMock(read.config, { logger, assets });
  counted(mock);
  mock.setState("ready");
  // Nobody has to close it.
  const server = createHttpServer(mock.app).listen(0, "127.0.0.1").unref();
  // Were it to close a connection that was not used for seconds, it could do so while the next request is on its way.
  server.keepAliveTimeout = 0;
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server listens on no port.");
  return new TestMock(mock, log, address.port);
}

/** The header that tells how an exchange ended. */
export function outcomeOf(response: Answer): string | undefined {
  const outcome = response.headers["x-mock-outcome"];
  return outcome === undefined ? undefined : String(outcome);
}

function isPlain(body: Asking["body"]): body is object {
  return typeof body === "object" && !(body instanceof Uint8Array);
}

function bytesOf(body: object | string | Uint8Array): Buffer {
  if (typeof body === "string") return Buffer.from(body);
  return Buffer.from(body instanceof Uint8Array ? body : JSON.stringify(body));
}
