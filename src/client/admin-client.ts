import { adminRoutes } from "./admin-routes.ts";
import type { AdminOperationId, AdminSchemas, AnswerOf } from "./admin-types.ts";
import { MockError, refusalError } from "./mock-error.ts";

/** How calls reach the mock: the `fetch` of the platform, or an engine of the same process. */
export type Fetch = (request: Request) => Promise<Response>;

export interface AdminAddress {
  /** Of the mock, without a slash at the end. */
  readonly url: string;
  readonly adminToken?: string | undefined;
  readonly fetch: Fetch;
}

/** What goes along with a call. */
export interface AdminCall {
  /** The world that it is about, for operations on a world. */
  readonly world?: string | undefined;
  /** Values for the places in the path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | undefined;
  /** Calls it off. */
  readonly signal?: AbortSignal | undefined;
}

/** Calls the admin API, in its own words, and throws a `MockError` for whatever is no success. */
export class AdminClient {
  /** Of the mock, without a slash at the end. */
  readonly url: string;
  readonly adminToken: string | undefined;
  readonly #fetch: Fetch;
  #isClosed = false;

  constructor({ url, adminToken, fetch }: AdminAddress) {
    this.url = url;
    this.adminToken = adminToken;
    this.#fetch = fetch;
  }

  /** The JSON of an answer. */
  async call<Id extends AdminOperationId>(id: Id, call: AdminCall = {}): Promise<AnswerOf<Id>> {
    return parsed(await this.text(id, call), shownCall(id, call));
  }

  /** For what has no answer. */
  async run(id: AdminOperationId, call: AdminCall = {}): Promise<void> {
    await this.text(id, call);
  }

  /** The text of an answer, for other formats than JSON. */
  async text(id: AdminOperationId, call: AdminCall = {}): Promise<string> {
    const response = await this.open(id, call);
    return response.text();
  }

  /** An answer whose body has yet to be read. */
  async open(id: AdminOperationId, call: AdminCall = {}): Promise<Response> {
    const shown = shownCall(id, call);
    if (this.#isClosed) {
      throw new MockError(`${shown} came after the mock was closed.`, { code: "closed", call: shown });
    }
    const response = await this.#send(this.#requestOf(id, call), shown);
    if (response.ok) return response;
    throw refusalError(shown, response.status, envelopeOf(await response.text()));
  }

  /** Lets no further call go out. */
  close(): void {
    this.#isClosed = true;
  }

  async #send(request: Request, shown: string): Promise<Response> {
    try {
      return await this.#fetch(request);
    } catch (cause) {
      // Called off by who called: the reason is theirs.
      request.signal.throwIfAborted();
      const message = `${shown} got no answer from ${this.url}. Is the mock running there, and is its port reachable from here?`;
      throw new MockError(message, { code: "unreachable", call: shown, cause });
    }
  }

  #requestOf(id: AdminOperationId, { path, query, world, headers, body, signal }: AdminCall): Request {
    const [method = "", template = ""] = adminRoutes[id].split(" ");
    const search = searchOf({ ...query, world });
    return new Request(`${this.url}/__admin${filled(template, path)}${search}`, {
      method,
      headers: {
        ...(this.adminToken === undefined ? {} : { authorization: `Bearer ${this.adminToken}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

/** The call as messages show it. */
function shownCall(id: AdminOperationId, { path, world }: AdminCall): string {
  const [method = "", template = ""] = adminRoutes[id].split(" ");
  const target = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path?.[name] ?? "");
  return `${method} /__admin${target}${world === undefined ? "" : ` of world ${JSON.stringify(world)}`}`;
}

/** Names that a URL would take for something else never go out: an empty one would mean all there are. */
function filled(template: string, path: AdminCall["path"] = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name] ?? "";
    if (/^\.{0,2}$/.test(value)) {
      const message = `${JSON.stringify(value)} is no name of a ${name}.`;
      throw new MockError(message, { code: "bad-call" });
    }
    return encodeURIComponent(value);
  });
}

function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? "" : `?${search}`;
}

function parsed<Id extends AdminOperationId>(text: string, shown: string): AnswerOf<Id> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${shown} was answered with something that is no JSON. Is there a mock at the address?`;
    throw new MockError(message, { code: "unexpected-answer", call: shown, cause });
  }
}

/** The envelope of a refusal; undefined when it is none. */
function envelopeOf(text: string): AdminSchemas["Response"] | undefined {
  try {
    const body = JSON.parse(text);
    return typeof body?.message === "string" ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
