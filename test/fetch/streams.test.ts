import { describe, expect, it, vi } from "vitest";
import { createFetchHandler } from "../../src/adapters/fetch/fetch-handler.ts";
import type { MockResponse } from "../../src/engine/journal/exchange.ts";
import { mostUnread } from "../../src/engine/most-unread.ts";

type Stream = NonNullable<MockResponse["stream"]>;

/** The answer to a request whose answer is a stream. */
function streamed(stream: Stream, init: RequestInit = {}): Promise<Response> {
  const engine = { handle: async () => ({ status: 200, headers: {}, stream }) };
  const handle = createFetchHandler(engine, { bodyLimit: 0, after: () => () => undefined });
  return handle(new Request("http://localhost/", init));
}

const tooMuch = "x".repeat(mostUnread);

describe("a stream that is left", () => {
  it("because too much of it came at once is told so", async () => {
    const left = vi.fn();
    const answer = await streamed((sink) => {
      sink.write(tooMuch);
      sink.write("more");
      return left;
    });
    await expect(answer.text()).rejects.toThrow("too much of it lay unread");
    expect(left).toHaveBeenCalled();
  });

  it("because too much of it came later is told so", async () => {
    const left = vi.fn();
    const writers: ((text: string) => void)[] = [];
    const answer = await streamed((sink) => {
      writers.push(sink.write);
      return left;
    });
    expect(left).not.toHaveBeenCalled();
    for (const write of writers) write(tooMuch);
    await expect(answer.text()).rejects.toThrow("too much of it lay unread");
    expect(left).toHaveBeenCalledOnce();
  });

  it("by its caller or its reader is told so", async () => {
    const left = vi.fn();
    const leaving = new AbortController();
    const one = await streamed(() => left, { signal: leaving.signal });
    leaving.abort(new Error("Enough."));
    await expect(one.text()).rejects.toThrow("Enough.");
    expect(left).toHaveBeenCalledTimes(1);
    await (await streamed(() => left)).body?.cancel();
    expect(left).toHaveBeenCalledTimes(2);
  });
});
