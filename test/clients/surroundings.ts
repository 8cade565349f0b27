import { type Answer, HttpClient, type Method } from "../support/http-client.ts";
import type { Read } from "./strict-reader.ts";

/** Server-sent events that a client reads. */
export interface OpenStream {
  /** Resolves with a frame by its number from 0, once it has come. The world's time goes by meanwhile. */
  frame(index: number): Promise<string>;
  /** Hangs up. */
  leave(): Promise<void>;
}

/** A WebSocket that a client reads. */
export interface OpenSocket extends OpenStream {
  /** All frames that came so far. */
  readonly frames: readonly string[];
  /** Resolves once the server has closed it. The world's time goes by meanwhile. */
  closed(): Promise<void>;
}

/** What a client runs in. It has no clock and no timers of its own: time goes by when it waits, and only then. */
export interface Surroundings {
  readonly url: string;
  readonly token: string;
  /** Lets so many seconds go by. */
  pause(seconds: number): Promise<void>;
  /** `path`, here and below: below `/api/v2`. Throws an `ApiError` when it is answered with no WebSocket. */
  openSocket(path: string, headers: Readonly<Record<string, string>>): Promise<OpenSocket>;
  /** A frame is the data of one event. */
  openEvents(path: string, headers: Readonly<Record<string, string>>): Promise<OpenStream>;
}

/** An answer with a status that a client did not ask for. */
export class ApiError extends Error {
  readonly status: number;

  constructor(method: Method, path: string, { status, text }: Pick<Answer, "status" | "text">) {
    super(`${method} ${path} was answered with ${status}: ${text}`);
    this.name = "ApiError";
    this.status = status;
  }
}

/** Calls of the API as a client makes them, with its own way to show a token. */
export class Api implements Disposable {
  readonly #http: HttpClient;
  readonly #prefix: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url }: Surroundings, headers: Readonly<Record<string, string>>) {
    this.#http = new HttpClient(url);
    this.#prefix = new URL(url).pathname.replace(/\/$/, "");
    this.#headers = headers;
  }

  get<T>(path: string, read: Read<T>): Promise<T> {
    return this.send("GET", path, { read });
  }

  /** `path`: below `/api/v2`, unless it begins with `/api`. Throws an `ApiError` for a status that is no success. */
  async send<T>(
    method: Method,
    path: string,
    { body, read }: { readonly body?: object; readonly read: Read<T> },
  ): Promise<T> {
    const answer = await this.#call(method, path, body);
    return read(answer.body, "");
  }

  /** The same, where no body is read; gives the status. */
  async order(method: Method, path: string, body?: object): Promise<number> {
    const { status } = await this.#call(method, path, body);
    return status;
  }

  [Symbol.dispose](): void {
    this.#http.close();
  }

  async #call(method: Method, path: string, body?: object): Promise<Answer> {
    const answer = await this.#http.call({
      method,
      path: `${this.#prefix}${path.startsWith("/api/") ? "" : "/api/v2"}${path}`,
      headers: this.#headers,
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new ApiError(method, path, answer);
  }
}

/** What a call gives, or undefined when it is answered with one of these statuses. */
export async function unless<T>(statuses: readonly number[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && statuses.includes(error.status)) return undefined;
    throw error;
  }
}
