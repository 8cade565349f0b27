import type { AdminSchemas } from "./admin-types.ts";

/** An event with its number, from which one can go on listening. */
export interface NumberedEvent {
  readonly number: number;
  readonly event: AdminSchemas["StreamEvent"];
}

/** What happens in a world, as it happens, until one side has enough. To be read by one reader. */
export class EventStream implements AsyncIterable<NumberedEvent>, AsyncDisposable {
  readonly #chunks: AsyncIterator<NumberedEvent>;
  readonly #cancel: () => Promise<void>;

  /** `explain` makes what is thrown of what a read has failed with. */
  constructor(body: ReadableStream<Uint8Array>, explain: (cause: unknown) => unknown) {
    const reader = body.getReader();
    this.#chunks = eventsOf(() =>
      reader.read().catch((cause: unknown) => {
        throw explain(cause);
      }),
    );
    // What broke off, or was called off, has ended already: who reads it is told why, and its end is no second failure.
    this.#cancel = () => reader.cancel().catch(() => undefined);
  }

  [Symbol.asyncIterator](): AsyncIterator<NumberedEvent> {
    return {
      next: () => this.#chunks.next(),
      return: async () => {
        await this.close();
        return { done: true, value: undefined };
      },
    };
  }

  /** Listens no more. */
  close(): Promise<void> {
    return this.#cancel();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function* eventsOf(
  read: ReadableStreamDefaultReader<Uint8Array>["read"],
): AsyncGenerator<NumberedEvent> {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const frames = text.split("\n\n");
    text = frames.pop() ?? "";
    for (const frame of frames) {
      const event = eventOf(frame);
      if (event !== undefined) yield event;
    }
  }
}

/** Frames without data are comments, which keep a connection alive. */
function eventOf(frame: string): NumberedEvent | undefined {
  const lines = frame.split("\n");
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = field("data");
  return data === undefined ? undefined : { number: Number(field("id")), event: JSON.parse(data) };
}
