import type { Instant } from "../domain/instant.ts";

/** The API's error body. Empty parts are left out, never null. */
export interface Envelope {
  readonly message: string;
  readonly detail?: string;
  readonly validations?: readonly { readonly field: string; readonly detail: string }[];
}

/** What an operation answers. Bodies are plain JSON data and are never changed once they are handed over. */
export interface Reply {
  /** `handled`: done as asked. `refused`: the modelled service said no. `fallback`: made up, the state had no part in it. */
  readonly outcome: "handled" | "refused" | "fallback";
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** In place of a JSON body, where another media type is documented. */
  readonly text?: TextBody;
  /** In place of a body: server-sent events until one side has enough. */
  readonly stream?: OpenStream;
  /** In place of a body: what is followed from here on. */
  readonly follow?: Follow;
}

export interface TextBody {
  readonly mediaType: string;
  readonly text: string;
  /** What the text means, where it is JSON that is neither an object nor a list. */
  readonly scalar?: string | number | boolean | null;
}

/** Something that grows while the world goes on. */
export interface Follow {
  readonly carrier: "websocket" | "event-stream";
  /** What is new since it was read last; at first, all there is. */
  read(): News;
}

export interface News {
  /** As they go out: a frame each, or an event with its empty line. */
  readonly texts: readonly string[];
  /** Nothing will ever be new again. */
  readonly isOver: boolean;
  /** When there will be something new even if nothing happens in the world. */
  readonly next?: Instant | undefined;
}

/** Begins to write once the head of the answer is out; gives what has to be called when the client is gone. */
export type OpenStream = (sink: StreamSink) => () => void;

/** Where a stream goes. It is bounded: a client that does not read is cut off. */
export interface StreamSink {
  write(text: string): void;
  end(why?: StreamEnd): void;
}

/** `over`: there is no more to tell. `cut`: there might have been, but the world has begun anew or is gone. */
export type StreamEnd = "over" | "cut";

export function handled(status: number, body?: object): Reply {
  return body === undefined ? { outcome: "handled", status } : { outcome: "handled", status, body };
}

export function refused(status: number, body: Envelope, headers?: Readonly<Record<string, string>>): Reply {
  return { outcome: "refused", status, body, ...(headers === undefined ? {} : { headers }) };
}
