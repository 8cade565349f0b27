import { isBodiless } from "../../engine/bodiless.ts";
import type { MockResponse } from "../../engine/journal/exchange.ts";

/** A standard `Response`. Where HTTP sends no body, neither does this. */
export function respond(
  content: Uint8Array | ReadableStream<Uint8Array> | undefined,
  { status, headers }: Pick<MockResponse, "status" | "headers">,
  { method }: Pick<Request, "method">,
): Response {
  const hasBody = content !== undefined && method !== "HEAD" && !isBodiless(status);
  return new Response(hasBody ? content : null, { status, headers });
}
