import type { Request } from "express";
import type { MockRequest } from "../../engine/journal/exchange.ts";

type Body = MockRequest["body"];

const empty: Body = { kind: "bytes", bytes: new Uint8Array(0) };

/**
 * Reads a body of at most `limit` bytes. What goes beyond is read off the wire and forgotten, so that the client gets its
 * answer. Undefined when the client went away before the end, for then there is nobody to answer.
 */
export function readBody(request: Request, limit: number): Promise<Body | undefined> {
  if (hasNoBody(request)) return Promise.resolve(empty);
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on("end", () => {
      resolve(size > limit ? { kind: "too-large", limit } : { kind: "bytes", bytes: joined(chunks, size) });
    });
    request.on("error", () => resolve(undefined));
  });
}

function hasNoBody({ headers }: Request): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] === undefined && (length === undefined || length === "0");
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
