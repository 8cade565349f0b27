import { parseDuration } from "../domain/duration.ts";
import { mostHolds, type Release } from "../engine/holds.ts";
import type { WorldHost } from "../engine/worlds/world-host.ts";
import { type Reply, refused } from "../operations/reply.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest, conflict } from "./complain.ts";
import { textField } from "./fields.ts";

const defaultTimeout = "30s";
/** Ten minutes: beyond it the client, or something between, has lost its patience. */
const longestTimeout = 600_000;

/** What an answer waits for. */
export interface Awaited {
  /** Looks, and gives the answer once it is due. */
  check(): Reply | undefined;
  /** The answer when it never was: what is there instead. */
  late(within: string): Reply;
}

/**
 * Holds an answer until it is due, for as long as the body's `timeout` says: 408 then, 409 when the world began anew or was
 * deleted, 503 when the server stops, 429 when too many others wait in this world.
 */
export async function holdAnswer(
  host: WorldHost,
  { fields, whenGone }: Pick<AdminCall, "fields" | "whenGone">,
  { check, late }: Awaited,
): Promise<Reply> {
  const text = textField(fields, "timeout") ?? defaultTimeout;
  const timeout = parseDuration(text);
  if (timeout === undefined || timeout > longestTimeout) return badTimeout(text);
  const already = check();
  if (already !== undefined) return already;
  if (host.holds.isFull) return noRoom();
  const waiting = host.holds.until(check, { timeout, whenGone });
  // The world is watched from here on, so what is due in it has to happen by itself.
  host.settle();
  const held = await waiting;
  // Who waited has used the world until now, also one whose client has gone away.
  host.touch();
  if (held.kind === "released") return released(host.id, held.why);
  // The last look is as of now.
  host.wake();
  return held.kind === "true" ? held.answer : (check() ?? late(text));
}

function badTimeout(text: string): Reply {
  const detail = `expected a span of real time up to 10m, such as "5s", or "0s" to look once, received ${JSON.stringify(text)}`;
  return badRequest("No answer can wait for that long.", [{ field: "body/timeout", detail }]);
}

function noRoom(): Reply {
  return refused(429, {
    message: `${mostHolds} answers wait in this world, which is as many as may.`,
    detail:
      "Each holds until what it waits for is true, or its timeout. Give shorter timeouts, or use a world for each test.",
  });
}

function released(world: string, why: Release): Reply {
  const name = JSON.stringify(world);
  switch (why) {
    case "reset":
      return conflict(
        `World ${name} began anew while the answer waited.`,
        "It was reset, or a state or snapshot was loaded: what was waited for belonged to what was before. Wait again if it is still wanted.",
      );
    case "world-gone":
      return conflict(
        `World ${name} was deleted while the answer waited.`,
        "Nothing can come true in it any more.",
      );
    case "client-gone":
      return refused(408, { message: "The client went away while the answer waited." });
    case "stopping":
      return refused(
        503,
        { message: "The mock stops.", detail: "What was waited for had not come true by then." },
        // An idle connection would hold up the end of the mock.
        { Connection: "close" },
      );
  }
}
