import type { MockRequest } from "../../engine/journal/exchange.ts";
import { whenAborted } from "./when-aborted.ts";

/** A standard `Request` as plain data. Rejects with the reason of its signal when it is called off on the way. */
export async function readRequest(request: Request, limit: number): Promise<MockRequest> {
  const { protocol, host, pathname, search } = new URL(request.url);
  // Not every Headers that a test environment brings has names in lower case.
  const named = [...request.headers].map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method: request.method,
    path: pathname,
    search: search.slice(1),
    // The scheme goes where those who speak TLS for a server put it.
    headers: {
      host,
      ...(protocol === "https:" ? { "x-forwarded-proto": "https" } : {}),
      ...Object.fromEntries(named),
    },
    body: await readBody(request, limit),
  };
}

async function readBody(request: Request, limit: number): Promise<MockRequest["body"]> {
  // Without a body, and where the request is one of a polyfill, which has no stream.
  if (typeof request.body?.getReader !== "function") {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > limit ? { kind: "too-large", limit } : { kind: "bytes", bytes };
  }
  if (request.bodyUsed) throw new TypeError("The body of the request has been read already.");
  return readStream(request.body, { signal: request.signal, limit });
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  { signal, limit }: { readonly signal: AbortSignal; readonly limit: number },
): Promise<MockRequest["body"]> {
  const reader = stream.getReader();
  const letGo = (reason: unknown) => void reader.cancel(reason).catch(() => undefined);
  const calledOff = new Promise<never>((_, reject) => {
    whenAborted(signal, () => {
      reject(signal.reason);
      letGo(signal.reason);
    });
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await Promise.race([reader.read(), calledOff]);
    if (done) return { kind: "bytes", bytes: joined(chunks, size) };
    if (!ArrayBuffer.isView(value)) throw new TypeError("The body of a request is a stream of Uint8Arrays.");
    chunks.push(value);
    size += value.length;
    if (size <= limit) continue;
    letGo(undefined);
    return { kind: "too-large", limit };
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
