import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from "node:http";

/** Parsed JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape the contract has checked
export type Json = any;

export const methods = ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS"] as const;
export type Method = (typeof methods)[number];

export interface Call {
  readonly method: Method;
  /** Path and query as they go out. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text goes out as it is, under the same content type. */
  readonly body?: object | string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON; undefined when it is none. */
  readonly body: Json;
}

/**
 * A client of a server that listens, with connections that are kept. It adds nothing of its own to what it is told to send,
 * and costs a fraction of what a testing library does, which counts where thousands of calls are made.
 */
export class HttpClient {
  readonly #connections: Agent;
  readonly #port: number;

  /** `lanes`: how many connections there may be. */
  constructor(url: string, lanes = 1) {
    this.#port = Number(new URL(url).port);
    this.#connections = new Agent({ keepAlive: true, maxSockets: lanes });
  }

  call({ method, path, headers = {}, body }: Call): Promise<Answer> {
    const payload = body === undefined ? undefined : textOf(body);
    const sent = {
      // A port that differs from run to run would show in answers that tell where the mock is.
      Host: "localhost",
      ...(payload === undefined ? {} : { "Content-Type": "application/json" }),
      "Content-Length": String(Buffer.byteLength(payload ?? "")),
      ...headers,
    };
    return send({ port: this.#port, agent: this.#connections, method, path, headers: sent }, payload);
  }

  close(): void {
    this.#connections.destroy();
  }
}

/** Sends one request to this machine, with these headers and bytes, and reads the whole answer. */
export function send(options: RequestOptions, payload?: string | Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", ...options }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          body: parsed(incoming.headers["content-type"], text),
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

function textOf(body: object | string): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

function parsed(mediaType: string | undefined, text: string): Json {
  return text !== "" && mediaType?.startsWith("application/json") ? JSON.parse(text) : undefined;
}
