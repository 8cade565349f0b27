import type { World } from "../../domain/world.ts";
import type { Input } from "../operation.ts";
import { refuse } from "../refuse.ts";
import type { Follow, News, Reply } from "../reply.ts";

/**
 * A WebSocket that tells what is new, a frame for each text. A client that asked for none gets 426. `read` is asked
 * again when the world has changed, and when the time has come that it named.
 */
export function followBySocket(world: World, { upgrade }: Pick<Input, "upgrade">, read: () => News): Reply {
  if (upgrade === undefined) return refuse({ kind: "no-websocket" }, world.rules);
  if (upgrade === "half-a-handshake") return refuse({ kind: "half-a-handshake" }, world.rules);
  return follow(world, { carrier: "websocket", read });
}

/** The same as server-sent events. */
export function followByEvents(world: World, read: () => News): Reply {
  return follow(world, { carrier: "event-stream", read });
}

function follow(world: World, { carrier, read }: Follow): Reply {
  const status = carrier === "websocket" ? 101 : 200;
  return { outcome: "handled", status, follow: { carrier, read: onlyAfterChanges(world, read) } };
}

/** Every request to a world is an occasion to look; most change nothing that a follower would see. */
function onlyAfterChanges(world: World, read: () => News): () => News {
  let version: number | undefined;
  let known: News = { texts: [], isOver: false };
  return () => {
    const { next } = known;
    const isStale = version !== world.version || (next !== undefined && next <= world.now);
    if (!isStale) return { texts: [], isOver: false, next };
    ({ version } = world);
    known = read();
    return known;
  };
}
