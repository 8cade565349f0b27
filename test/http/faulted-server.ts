import { type Curled, curl } from "../support/curl.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";

/** The default user of every mock. */
export const token = { "Coder-Session-Token": "API_KEY" };

interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Kept {
  readonly status: number;
  readonly outcome: string;
}

/** A mock that listens, with hands to plan faults and eyes to see them. */
export class FaultedServer implements AsyncDisposable {
  readonly url: string;
  readonly #served: ServedMock;

  static async start(): Promise<FaultedServer> {
    return new FaultedServer(await serveMock());
  }

  constructor(served: ServedMock) {
    this.#served = served;
    this.url = served.url;
  }

  get host(): ServedMock["mock"]["host"] {
    return this.#served.mock.host;
  }

  admin(method: string, path: string, body?: object): Promise<Response> {
    const sent = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return fetch(`${this.url}/__admin${path}`, { method, ...(body === undefined ? {} : sent) });
  }

  async plan(fault: object, when: object = {}): Promise<void> {
    const answer = await this.admin("POST", "/faults", { fault, when });
    if (answer.status !== 201) throw new Error(await answer.text());
  }

  /** Asks for the tasks. `patience` is in seconds. */
  curl(patience?: number): Promise<Curled> {
    return curl(`${this.url}/api/v2/tasks`, patience);
  }

  /** The same by fetch. */
  async get(signal?: AbortSignal): Promise<Fetched> {
    const answer = await fetch(`${this.url}/api/v2/tasks`, { headers: token, ...(signal && { signal }) });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** The code with which a fetch fails, or the reading of its body. */
  async failure(): Promise<unknown> {
    const error: unknown = await this.get().then(
      () => undefined,
      (caught: unknown) => caught,
    );
    const cause = error instanceof Error ? error.cause : undefined;
    return cause !== null && typeof cause === "object" && "code" in cause ? cause.code : error;
  }

  /** Status and outcome of what the journal keeps, newest first. */
  async journal(): Promise<readonly (readonly [number, string])[]> {
    const answer = await this.admin("GET", "/requests");
    const body: { readonly requests: readonly Kept[] } = JSON.parse(await answer.text());
    return body.requests.map(({ status, outcome }) => [status, outcome]);
  }

  /** Resolves once something is so; each look is a request that the server has answered. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await (await fetch(`${this.url}/__admin/health`)).text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#served[Symbol.asyncDispose]();
  }
}
