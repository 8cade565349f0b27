import { type Answer, HttpClient, type Method } from "../support/http-client.ts";
import { serveMock } from "../support/served-mock.ts";
import { SocketClient } from "../support/socket-client.ts";

export const token = { "Coder-Session-Token": "API_KEY" };

/** A mock with a task that was just made, whose workspace can be watched. */
export class SocketBench implements AsyncDisposable {
  readonly url: string;
  readonly #client: HttpClient;
  readonly #stop: () => Promise<void>;
  workspace = "";
  task = "";

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url;
    this.#client = new HttpClient(url);
    this.#stop = stop;
  }

  static async open(flags: Parameters<typeof serveMock>[0] = {}): Promise<SocketBench> {
    const served = await serveMock(flags);
    const bench = new SocketBench(served.url, async () => await served[Symbol.asyncDispose]());
    const templates = await bench.call("GET", "/api/v2/templates");
    const created = await bench.call("POST", "/api/v2/tasks/me", {
      template_version_id: templates.body[0].active_version_id,
      input: "Fix it",
      name: "fix-it",
    });
    bench.task = created.body.id;
    bench.workspace = created.body.workspace_id.uuid ?? created.body.workspace_id;
    return bench;
  }

  call(method: Method, path: string, body?: object): Promise<Answer> {
    return this.#client.call({ method, path, headers: token, ...(body === undefined ? {} : { body }) });
  }

  /** The workspace as the API shows it. */
  async shown(): Promise<Answer["body"]> {
    return (await this.call("GET", `/api/v2/workspaces/${this.workspace}`)).body;
  }

  follow(path: string): Promise<SocketClient> {
    return SocketClient.open(`${this.url}/api/v2${path}`, token);
  }

  watch(headers: Readonly<Record<string, string>> = token): Promise<SocketClient> {
    return SocketClient.open(`${this.url}/api/v2/workspaces/${this.workspace}/watch-ws`, headers);
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    await this.#stop();
  }
}
