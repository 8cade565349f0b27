import type { Response } from "express";
import type { After } from "../../engine/holds.ts";
import type { MockResponse } from "../../engine/journal/exchange.ts";
import { writeFault } from "./write-fault.ts";
import { writeStream } from "./write-stream.ts";

/** Writes an answer in one go, past Express's own sending, which would add headers and cost half the throughput. */
export function writeResponse(response: Response, answer: MockResponse, after: After): void {
  const { status, headers, body, stream, wire } = answer;
  if (wire !== undefined) {
    writeFault(response, { ...answer, wire }, after);
    return;
  }
  response.writeHead(status, headers);
  if (stream === undefined) response.end(body);
  else writeStream(response, stream);
}
