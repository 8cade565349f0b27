import type { After } from "../../engine/holds.ts";
import type { MockResponse, WireFault } from "../../engine/journal/exchange.ts";
import { respond } from "./respond.ts";
import { whenAborted } from "./when-aborted.ts";

type FaultOf<Kind extends WireFault["kind"]> = Extract<WireFault, { kind: Kind }>;

interface Surroundings {
  readonly request: Pick<Request, "method" | "signal">;
  readonly after: After;
}

const none = new Uint8Array(0);

const reset = { code: "ECONNRESET", errno: -104 };

/**
 * What a client's `fetch` would make of a connection that breaks as a planned fault wants it: rejects where no head arrives,
 * otherwise answers with a body that breaks off.
 */
export async function brokenResponse(
  answer: MockResponse & { readonly wire: WireFault },
  { request, after }: Surroundings,
): Promise<Response> {
  const { wire, body = none } = answer;
  switch (wire.kind) {
    case "empty":
    case "not-http":
      throw failed(wire);
    case "reset":
      if (wire.afterBytes === undefined) throw failed(wire);
      return respond(brokenOff(body.subarray(0, wire.afterBytes), wire), answer, request);
    case "truncate":
      return respond(brokenOff(body.subarray(0, wire.bytes), wire), answer, request);
    case "malformed-chunk":
      return respond(brokenOff(none, wire), answer, request);
    case "hang":
      return hang(wire, request);
    case "dribble":
      return respond(dribbling({ body, wire }, { request, after }), answer, request);
  }
}

/** As Node's `fetch` words it when there is no head. By code and number, MSW tells it from a handler that failed. */
function failed(wire: WireFault): TypeError {
  return Object.assign(new TypeError("fetch failed", { cause: causeOf(wire) }), reset);
}

/** As Node's `fetch` words it when a body breaks off. */
function terminated(wire: WireFault): TypeError {
  return new TypeError("terminated", { cause: causeOf(wire) });
}

function causeOf({ kind }: WireFault): Error {
  return Object.assign(new Error(`A planned fault broke the connection: ${kind}.`), reset);
}

/** The part is handed out before the error: an error at once would take it back. */
function brokenOff(part: Uint8Array, wire: WireFault): ReadableStream<Uint8Array> {
  let rest: Uint8Array | undefined = part;
  return new ReadableStream({
    pull(controller) {
      if (rest !== undefined && rest.length > 0) controller.enqueue(rest);
      else controller.error(terminated(wire));
      rest = undefined;
    },
  });
}

function hang(wire: FaultOf<"hang">, { signal }: Surroundings["request"]): Promise<never> {
  return new Promise((_, reject) => {
    const leave = wire.held(() => reject(failed(wire)));
    whenAborted(signal, () => {
      leave();
      reject(signal.reason);
    });
  });
}

function dribbling(
  { body, wire }: { readonly body: Uint8Array; readonly wire: FaultOf<"dribble"> },
  { request: { signal }, after }: Surroundings,
): ReadableStream<Uint8Array> {
  let stop: () => void = () => undefined;
  return new ReadableStream({
    start(controller) {
      let sent = 0;
      let cancel: () => void = () => undefined;
      let isOpen = true;
      const end = (how: () => void): void => {
        if (!isOpen) return;
        isOpen = false;
        leave();
        cancel();
        how();
      };
      let leave: () => void = () => undefined;
      leave = wire.held(() => end(() => controller.error(terminated(wire))));
      stop = () => end(() => undefined);
      whenAborted(signal, () => end(() => controller.error(signal.reason)));
      const writeNext = (): void => {
        if (!isOpen) return;
        controller.enqueue(body.subarray(sent, sent + wire.bytes));
        sent += wire.bytes;
        if (sent >= body.length) end(() => controller.close());
        else cancel = after(wire.every, writeNext);
      };
      writeNext();
    },
    cancel: () => stop(),
  });
}
