import type { Response } from "express";
import type { MockResponse } from "../../engine/exchange.ts";

/** Writes an answer in one go, past Express's own sending, which would add headers and cost half the throughput. */
export function writeResponse(response: Response, answer: MockResponse): void {
  const { body } = answer;
  const length = body === undefined ? lengthWithoutBody(answer.status) : { "Content-Length": body.length };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  response.end(body);
}

/** A 204 must not have the header at all; any other answer without a body says so. */
function lengthWithoutBody(status: number): { readonly "Content-Length"?: number } {
  return status === 204 ? {} : { "Content-Length": 0 };
}
