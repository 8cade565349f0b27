import { isJsonArray, isJsonObject, isShallow, type JsonValue } from "../../contract/json.ts";
import type { KeptExchange } from "../journal/journal.ts";
import { Redactor } from "../journal/redact.ts";
import { parseQuery } from "../query.ts";
import type { WorldHost } from "../worlds/world-host.ts";
import { isAnswerOfService, type RecordedExchange } from "./judge.ts";
import type { Recording } from "./rejudge.ts";

/** The journal of a world as far as its bodies are still there. */
export function recordingOf({ journal, world }: WorldHost): Recording {
  const { revision, profile } = world.settings;
  const kept = journal.list().toReversed();
  const secrets = new Redactor(world);
  const exchanges = kept.map((exchange) =>
    recorded(exchange, wholeBodies(journal, exchange), secrets.for(exchange)),
  );
  const whole = exchanges.filter((exchange) => exchange !== undefined);
  const incomplete = exchanges.length - whole.length;
  return { revision, profile, exchanges: whole, incomplete, dropped: journal.dropped };
}

/** Both bodies of an exchange; empty for one that had none. */
interface WholeBodies {
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

/** The bodies of an exchange, if both are kept whole. */
function wholeBodies(journal: WorldHost["journal"], exchange: KeptExchange): WholeBodies | undefined {
  const request = journal.bodyOf(exchange, "request");
  const response = journal.bodyOf(exchange, "response");
  if (request?.length !== exchange.requestSize || response?.length !== exchange.responseSize)
    return undefined;
  // Of a request that was too large nothing is kept, not even its size.
  const announced = Number(exchange.requestHeaders["content-length"] ?? "0");
  if (request.length === 0 && announced > 0) return undefined;
  return exchange.violations.some(({ rule }) => rule === "body-size") ? undefined : { request, response };
}

function recorded(
  exchange: KeptExchange,
  bodies: WholeBodies | undefined,
  redactor: Redactor,
): RecordedExchange | undefined {
  if (bodies === undefined) return undefined;
  const { id, method, path, search, requestHeaders, outcome, status, responseHeaders } = exchange;
  const mediaType = responseHeaders["Content-Type"] ?? "";
  const response = isAnswerOfService(outcome)
    ? responseFrom({ status, mediaType, body: bodies.response })
    : { status };
  if (response === undefined) return undefined;
  const { request: body } = bodies;
  const query = parseQuery(search);
  return { id, method, path, query, headers: requestHeaders, body, outcome, response, redactor };
}

/** A response as it came over the wire. */
export interface WireResponse {
  readonly status: number;
  /** Value of the header; empty without one. */
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** What a contract looks at; undefined for JSON that cannot be read, or is nested deeper than any answer of the service. */
export function responseFrom({
  status,
  mediaType,
  body,
}: WireResponse): RecordedExchange["response"] | undefined {
  if (body.length === 0) return { status };
  const [essence = ""] = mediaType.split(";");
  if (!/^application\/(?:json|[\w.-]+\+json)$/iu.test(essence.trim()))
    return { status, mediaType: essence.trim() };
  const value = readJson(body);
  if (!isJsonObject(value) && !isJsonArray(value)) return undefined;
  return isShallow(value, mostLevels) ? { status, body: value } : undefined;
}

/**
 * A journal file may hold anything, and what looks into values by recursion would come to the end of the stack. What is deeper
 * is not judged at all, so this is as generous as the stack allows.
 */
const mostLevels = 256;

function readJson(bytes: Uint8Array): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(new TextDecoder().decode(bytes));
    return value;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
