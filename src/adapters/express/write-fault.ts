import type { Response } from "express";
import type { After } from "../../engine/holds.ts";
import type { MockResponse, WireFault } from "../../engine/journal/exchange.ts";

type FaultOf<Kind extends WireFault["kind"]> = Extract<WireFault, { kind: Kind }>;

/** A connection that is reset takes with it what is still on its way: the part that is to arrive gets this long, in ms. */
const settling = 30;

const none = new Uint8Array(0);

/** Breaks the rules of HTTP as a planned fault wants it. */
export function writeFault(
  response: Response,
  answer: MockResponse & { wire: WireFault },
  after: After,
): void {
  const { socket } = response;
  // The client is gone already.
  if (response.destroyed) return;
  if (socket === null) {
    // Of requests that were sent at once, each has the connection when those ahead of it are answered.
    response.once("socket", () => writeFault(response, answer, after));
    return;
  }
  const { wire, body = none } = answer;
  switch (wire.kind) {
    case "reset":
      if (wire.afterBytes === undefined) socket.resetAndDestroy();
      else
        writePart(response, { ...answer, bytes: wire.afterBytes }, () =>
          after(settling, () => socket.resetAndDestroy()),
        );
      return;
    case "empty":
      socket.destroySoon();
      return;
    case "hang":
      response.once(
        "close",
        wire.held(() => socket.destroySoon()),
      );
      return;
    case "truncate":
      writePart(response, { ...answer, bytes: wire.bytes }, () => socket.destroySoon());
      return;
    case "malformed-chunk":
      writeMalformedChunk(response, { ...answer, body });
      return;
    case "not-http":
      socket.write("This is not HTTP.\r\n");
      socket.destroySoon();
      return;
    case "dribble":
      dribble(response, { ...answer, body, wire }, after);
      return;
  }
}

/** The head, which announces the whole body, and the beginning of the body. */
function writePart(
  response: Response,
  { status, headers, body = none, bytes }: MockResponse & { bytes: number },
  then: () => void,
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  if (bytes === 0) then();
  else response.write(body.subarray(0, bytes), then);
}

/** A body in chunks, the first of which has a size that is no number. */
function writeMalformedChunk(response: Response, answer: MockResponse & { body: Uint8Array }): void {
  const { "Content-Length": _, ...headers } = answer.headers;
  response.writeHead(answer.status, { ...headers, "Transfer-Encoding": "chunked" });
  response.flushHeaders();
  const { socket } = response;
  socket?.write("ZZZ\r\n");
  socket?.write(answer.body);
  socket?.destroySoon();
}

/** The body bit by bit, for as long as there is somebody to read it. */
function dribble(
  response: Response,
  { status, headers, body, wire }: MockResponse & { body: Uint8Array; wire: FaultOf<"dribble"> },
  after: After,
): void {
  response.writeHead(status, headers);
  let sent = 0;
  let cancel: () => void = () => undefined;
  const leave = wire.held(() => response.destroy());
  response.once("close", () => {
    leave();
    cancel();
  });
  const writeNext = (): void => {
    if (response.destroyed) return;
    response.write(body.subarray(sent, sent + wire.bytes));
    sent += wire.bytes;
    if (sent >= body.length) response.end();
    else cancel = after(wire.every, writeNext);
  };
  writeNext();
}
