import type { ResponseParts } from "../contract/contract.ts";
import type { Reply } from "../operations/reply.ts";

export const eventStream = "text/event-stream";

/** What a contract looks at in a reply. */
export function partsOf({ status, body, text, stream, follow }: Reply): ResponseParts {
  if (text?.scalar !== undefined) return { status, scalar: text.scalar };
  const mediaType =
    text?.mediaType ?? (stream === undefined && follow?.carrier !== "event-stream" ? undefined : eventStream);
  if (mediaType !== undefined) return { status, mediaType };
  return body === undefined ? { status } : { status, body };
}
