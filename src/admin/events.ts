import type { After } from "../engine/holds.ts";
import { type EventLog, keptEvents, mostListeners } from "../engine/journal/event-log.ts";
import { Redactor } from "../engine/journal/redact.ts";
import type { WorldHost } from "../engine/worlds/world-host.ts";
import type { TokenPlaces } from "../operations/credentials.ts";
import type { Operation } from "../operations/operation.ts";
import { firstOf } from "../operations/query.ts";
import { type OpenStream, type Reply, refused } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import { forAdmin, forServer } from "./admin-operation.ts";
import { frameOf, type SecretsOf } from "./present-event.ts";

/** Proxies take a connection for dead that says nothing for a minute. */
const quietMilliseconds = 15_000;

/** `GET /events`. Who listens to all worlds need not name one. */
export const streamEvents: Operation<AdminContext> = {
  authenticate(context, places) {
    const ofAll = firstOf(places.query, "scope") === "all";
    const listen = (of: AdminContext): Reply => openStream(of, { ofAll, lastId: lastIdOf(places) });
    return (ofAll ? forServer : forAdmin)(listen).authenticate(context, places);
  },
};

/** A browser that connects again repeats the query of its first connection; its header knows more. */
function lastIdOf(places: TokenPlaces): number | undefined {
  const text = places.headers["last-event-id"] ?? firstOf(places.query, "last_event_id");
  return text === undefined ? undefined : Number(text);
}

function openStream(
  context: AdminContext,
  { ofAll, lastId }: { readonly ofAll: boolean; readonly lastId: number | undefined },
): Reply {
  const log = ofAll ? context.events : context.host.events;
  if (log.isFull) return noRoom();
  const hosts = () => (ofAll ? context.worlds.list() : [context.host]);
  // Nobody may have looked at what is due by now: it is past, and no news to who begins to listen.
  for (const host of hosts()) {
    host.catchUp();
    host.world.settle(host.world.now);
  }
  const { after, worlds, server } = context;
  const secretsOf: SecretsOf = (id) => new Redactor(worlds.get(id)?.world, [server.adminToken]);
  const left = () => {
    if (!ofAll) context.host.touch();
  };
  const source = { log, from: lastId ?? log.last, hosts, left, after, secretsOf };
  // A stream ends with its world or with the mock, whose end an idle connection would hold up.
  const headers = { Connection: "close" };
  return { outcome: "handled", status: 200, headers, stream: streamFrom(source) };
}

interface Source {
  readonly log: EventLog;
  /** The last event that the client has. */
  readonly from: number;
  /** The worlds that events come from. */
  hosts(): readonly WorldHost[];
  /** To be called when the client has gone. */
  left(): void;
  readonly after: After;
  readonly secretsOf: SecretsOf;
}

function streamFrom({ log, from, hosts, left, after, secretsOf }: Source): OpenStream {
  return (sink) => {
    const { events, missed } = log.since(from);
    sink.write(greeting(missed));
    for (const logged of events) sink.write(frameOf(logged, secretsOf));
    const beQuiet = every(after, () => {
      // A world whose time is over goes when somebody looks, and who listens to all is told.
      hosts();
      sink.write(": nothing new\n\n");
    });
    const leave = log.listen({
      heard: (logged) => sink.write(frameOf(logged, secretsOf)),
      ended() {
        beQuiet();
        sink.end();
      },
    });
    // Worlds that are watched from here on have to go on by themselves.
    for (const host of hosts()) host.settle();
    return () => {
      beQuiet();
      leave();
      left();
    };
  };
}

function greeting(missed: number): string {
  const lost = missed === 0 ? "" : `: ${missed} earlier events are lost: the last ${keptEvents} are kept\n`;
  return `: listening\n${lost}\n`;
}

/** Runs something again and again until it is called off. */
function every(after: After, run: () => void): () => void {
  let cancel = after(quietMilliseconds, again);
  function again(): void {
    run();
    cancel = after(quietMilliseconds, again);
  }
  return () => cancel();
}

function noRoom(): Reply {
  return refused(429, {
    message: `${mostListeners} clients listen here already, which is as many as may.`,
    detail: "Close streams that nobody reads any more; each world has as many of its own.",
  });
}
