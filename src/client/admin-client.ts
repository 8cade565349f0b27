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
export interface AdminCall extends WorldCall {
  /** The world that it is about, for operations on a world. */
  readonly world?: string | undefined;
}

/** What goes along with a call about a world that is known already. */
export interface WorldCall {
  /** Values for the places in the path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | undefined;
  /** Calls it off. */
  readonly signal?: AbortSignal | undefined;
}

/** Calls about one world. */
export interface WorldClient {
  readonly world: string;
  call<Id extends AdminOperationId>(id: Id, call?: WorldCall): Promise<AnswerOf<Id>>;
  json<Json>(id: AdminOperationId, call?: WorldCall): Promise<Json>;
  run(id: AdminOperationId, call?: WorldCall): Promise<void>;
  text(id: AdminOperationId, call?: WorldCall): Promise<string>;
  open(id: AdminOperationId, call?: WorldCall): Promise<Response>;
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
  call<Id extends AdminOperationId>(id: Id, call: AdminCall = {}): Promise<AnswerOf<Id>> {
    return this.json<AnswerOf<Id>>(id, call);
  }

  /** The JSON of an answer in one of its other formats. */
  async json<Json>(id: AdminOperationId, call: AdminCall = {}): Promise<Json> {
    const text = await this.text(id, call);
    try {
      return JSON.parse(text);
    } catch (cause) {
      const shown = shownCall(id, call);
      const message = `${shown} was answered with something that is no JSON. Is there a mock at the address?`;
      throw new MockError(message, { code: "unexpected-answer", call: shown, cause });
    }
  }

  /** For what has no answer. */
  async run(id: AdminOperationId, call: AdminCall = {}): Promise<void> {
    await this.text(id, call);
  }

  /** The text of an answer, for other formats than JSON. */
  async text(id: AdminOperationId, call: AdminCall = {}): Promise<string> {
    const response = await this.open(id, call);
    return this.#textOf(response, { shown: shownCall(id, call), signal: call.signal });
  }

  /** An answer whose body has yet to be read. */
  async open(id: AdminOperationId, call: AdminCall = {}): Promise<Response> {
    const shown = shownCall(id, call);
    if (this.#isClosed) {
      throw new MockError(`${shown} came after the mock was closed.`, { code: "closed", call: shown });
    }
    const response = await this.#send(this.#requestOf(id, call), shown);
    if (response.ok) return response;
    const text = await this.#textOf(response, { shown, signal: call.signal });
    throw refusalError(shown, response.status, envelopeOf(text));
  }

  /** The same for calls that are all about one world. */
  forWorld(world: string): WorldClient {
    return {
      world,
      call: (id, call) => this.call(id, { ...call, world }),
      json: (id, call) => this.json(id, { ...call, world }),
      run: (id, call) => this.run(id, { ...call, world }),
      text: (id, call) => this.text(id, { ...call, world }),
      open: (id, call) => this.open(id, { ...call, world }),
    };
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

  async #textOf(response: Response, { shown, signal }: ReadBody): Promise<string> {
    try {
      return await response.text();
    } catch (cause) {
      signal?.throwIfAborted();
      const message = `${shown} was answered by ${this.url}, but the answer broke off. Has the mock stopped?`;
      throw new MockError(message, { code: "unreachable", call: shown, cause });
    }
  }

  #requestOf(id: AdminOperationId, call: AdminCall): Request {
    const { path, query, world, headers, body, signal } = call;
    const [method = "", template = ""] = adminRoutes[id].split(" ");
    const target = `${this.url}/__admin${filled(template, path)}${searchOf({ ...query, world })}`;
    try {
      return new Request(target, {
        method,
        headers: {
          ...(this.adminToken === undefined ? {} : { authorization: `Bearer ${this.adminToken}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (cause) {
      const shown = shownCall(id, call);
      throw new MockError(`${shown} cannot be sent: ${String(cause)}`, {
        code: "bad-call",
        call: shown,
        cause,
      });
    }
  }
}

interface ReadBody {
  readonly shown: string;
  readonly signal: AbortSignal | undefined;
}

/** The call as messages show it. */
function shownCall(id: AdminOperationId, { path, world }: AdminCall): string {
  const [method = "", template = ""] = adminRoutes[id].split(" ");
  const target = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path?.[name] ?? "");
  return `${method} /__admin${target}${world === undefined ? "" : ` of world ${JSON.stringify(world)}`}`;
}

/** What the places in paths stand for, and take. */
const places: Readonly<Record<string, { readonly thing: string; readonly expected: string }>> = {
  task: { thing: "task", expected: "its id, its name, or owner:name" },
  world: { thing: "world", expected: "its id" },
  id: { thing: "request", expected: "its number" },
  name: { thing: "scenario", expected: "its name" },
};

/** Names that a URL would take for something else never go out: an empty one would mean all there are. */
function filled(template: string, path: AdminCall["path"] = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, place: string) => {
    // Types do not keep everybody from other values.
    const value: unknown = path[place];
    if (typeof value === "number" || (typeof value === "string" && !/^\.{0,2}$/.test(value))) {
      return encodeURIComponent(value);
    }
    const { thing, expected } = places[place] ?? { thing: place, expected: "its name" };
    const message = `${JSON.stringify(value) ?? "undefined"} names no ${thing}; expected ${expected}.`;
    throw new MockError(message, { code: "bad-call" });
  });
}

function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? "" : `?${search}`;
}

/** The envelope of a refusal; undefined when it is none. */
function envelopeOf(text: string): AdminSchemas["Response"] | undefined {
  try {
    const body = JSON.parse(text);
    const isEnvelope =
      typeof body?.message === "string" &&
      (body.validations === undefined || Array.isArray(body.validations));
    return isEnvelope ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
