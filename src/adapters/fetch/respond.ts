import type { MockResponse } from "../../engine/exchange.ts";

/** Statuses that a `Response` with a body cannot have. */
const bodiless: readonly number[] = [204, 205, 304];

/** A standard `Response`. Where HTTP sends no body, neither does this. */
export function respond(
  content: Uint8Array | ReadableStream<Uint8Array> | undefined,
  { status, headers }: Pick<MockResponse, "status" | "headers">,
  { method }: Pick<Request, "method">,
): Response {
  const hasBody = content !== undefined && method !== "HEAD" && !bodiless.includes(status);
  return new Response(hasBody ? content : null, { status, headers });
}
