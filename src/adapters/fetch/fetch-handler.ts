import type { Engine } from "../../engine/engine.ts";
import type { MockRequest, MockResponse } from "../../engine/exchange.ts";

export interface FetchHandlerOptions {
  /** The largest body that is looked at, in bytes. */
  readonly bodyLimit: number;
}

/** What a reader of a stream may leave unread before it is cut off, in bytes, as over a connection. */
const mostUnread = 8_388_608;

/**
 * The engine as a function from one standard `Request` to its `Response`, without a connection. Rejects as `fetch` does: when
 * the request is called off, and when a planned fault breaks the connection that there would have been.
 */
export function createFetchHandler(
  engine: Engine,
  { bodyLimit }: FetchHandlerOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { signal } = request;
    const asked = await readRequest(request, bodyLimit);
    signal.throwIfAborted();
    const answer = await engine.handle(asked, (run) => whenAborted(signal, run));
    signal.throwIfAborted();
    return responseOf(answer, signal);
  };
}

async function readRequest(request: Request, limit: number): Promise<MockRequest> {
  const { host, pathname, search } = new URL(request.url);
  const bytes = new Uint8Array(await request.arrayBuffer());
  return {
    method: request.method,
    path: pathname,
    search: search.slice(1),
    headers: { host, ...Object.fromEntries(request.headers) },
    body: bytes.length > limit ? { kind: "too-large", limit } : { kind: "bytes", bytes },
  };
}

function responseOf({ status, headers, body, stream, wire }: MockResponse, signal: AbortSignal): Response {
  if (wire !== undefined) {
    throw new TypeError("fetch failed", { cause: new Error(`A planned fault broke it: ${wire.kind}.`) });
  }
  const content = stream === undefined ? body : readable(stream, signal);
  return new Response(content === undefined ? null : content, { status, headers });
}

function readable(
  stream: NonNullable<MockResponse["stream"]>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let leave: () => void = () => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isOpen = true;
        leave = stream({
          write(text) {
            if (!isOpen) return;
            controller.enqueue(encoder.encode(text));
            if ((controller.desiredSize ?? 0) > 0) return;
            isOpen = false;
            controller.error(new Error("The stream was cut off, since too much of it lay unread."));
            leave();
          },
          end() {
            if (isOpen) controller.close();
            isOpen = false;
          },
        });
        whenAborted(signal, () => {
          if (isOpen) controller.error(signal.reason);
          isOpen = false;
          leave();
        });
      },
      cancel: () => leave(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostUnread }),
  );
}

/** A signal that has gone off already would never tell. */
function whenAborted(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) queueMicrotask(run);
  else signal.addEventListener("abort", run, { once: true });
}
