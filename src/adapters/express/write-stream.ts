import type { Response } from "express";
import type { MockResponse } from "../../engine/journal/exchange.ts";
import { mostUnread } from "../../engine/most-unread.ts";

type OpenStream = NonNullable<MockResponse["stream"]>;

/** Lets a stream write until it ends or the client goes. One that does not read loses its connection, not our memory. */
export function writeStream(response: Response, stream: OpenStream): void {
  // A client that is gone already will not go again, so nothing would ever stop the stream.
  if (response.destroyed) return;
  response.flushHeaders();
  const stop = stream({
    write(text) {
      if (response.destroyed || response.writableEnded) return;
      response.write(text);
      if (response.writableLength > mostUnread) response.destroy();
    },
    end: () => response.end(),
  });
  response.once("close", stop);
}
