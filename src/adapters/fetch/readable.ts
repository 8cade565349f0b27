import type { MockResponse } from "../../engine/journal/exchange.ts";
import { mostUnread } from "../../engine/most-unread.ts";
import { whenAborted } from "./when-aborted.ts";

/** What a stream writes, as a body. A reader who leaves too much of it unread is cut off, as over a connection. */
export function readable(
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
        // What is written at once may be too much already, and then there was no way to leave yet.
        if (!isOpen) leave();
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
