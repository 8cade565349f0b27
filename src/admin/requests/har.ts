import type { components } from "../../contract/generated/admin.ts";
import { asInstant, formatInstant } from "../../domain/instant.ts";
import type { Journal, KeptExchange } from "../../engine/journal/journal.ts";
import type { Redactor } from "../../engine/journal/redact.ts";
import { worldPrefix } from "../../engine/worlds/world-prefix.ts";
import type { AdminContext } from "../admin-context.ts";
import { baseUrlOf } from "../worlds/base-url.ts";
import { milliseconds, redactorFor } from "./present-exchange.ts";
import { base64, cleanBody, type KeptBody, keptBody } from "./present-exchange-body.ts";
import { presentHeaders } from "./present-exchange-detail.ts";

type Schemas = components["schemas"];

/** Exchanges as HAR 1.2, in the order in which they are given. */
export function harOf(context: AdminContext, exchanges: readonly KeptExchange[]): Schemas["Har"] {
  const { host, server } = context;
  const { journal } = host;
  const { revision, profile } = host.world.settings;
  const prefix = worldPrefix(host);
  const secrets = redactorFor(context);
  return {
    log: {
      version: "1.2",
      creator: { name: "coder-tasks-mock", version: server.version },
      entries: exchanges.map((exchange) =>
        entryOf(exchange, { journal, prefix, redactor: secrets.for(exchange) }),
      ),
      comment: `World ${host.id}, revision ${revision}, profile ${profile}.${whatMadeRoom(journal)}`,
    },
  };
}

function whatMadeRoom({ dropped }: Journal): string {
  if (dropped === 0) return "";
  return ` ${dropped === 1 ? "1 exchange" : `${dropped} exchanges`} before these had to make room.`;
}

interface From {
  readonly journal: Journal;
  /** Of the paths of the world, since the token that may have named it is taken out. */
  readonly prefix: string;
  readonly redactor: Redactor;
}

function entryOf(exchange: KeptExchange, from: From): Schemas["HarEntry"] {
  const { trace, operation, outcome, id, at } = exchange;
  const time = milliseconds(trace.end);
  return {
    // Real time: where the world's clock stands still, every exchange has the same instant.
    startedDateTime: formatInstant(asInstant(Math.floor(trace.startedAt))),
    time,
    request: requestOf(exchange, from),
    response: responseOf(exchange, from),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment: `Request ${id}: ${operation ?? "no operation"}, ${outcome}, at ${formatInstant(at)} of the world.`,
  };
}

function requestOf(exchange: KeptExchange, from: From): Schemas["HarRequest"] {
  const { redactor, prefix } = from;
  const { method, path, search, requestHeaders } = exchange;
  const base = redactor.text(baseUrlOf(requestHeaders) || "http://localhost");
  const body = keptBody(exchange, { journal: from.journal, side: "request" });
  const query = search === "" ? "" : `?${redactor.search(search)}`;
  return {
    method,
    url: `${base}${prefix}${redactor.text(path)}${query}`,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: pairs(presentHeaders(exchange.requestHeaders, redactor)),
    queryString: redactor.pairs(search),
    ...(body === undefined ? {} : { postData: postDataOf(body, redactor) }),
    headersSize: -1,
    bodySize: body?.size ?? 0,
  };
}

function responseOf(exchange: KeptExchange, { journal, redactor }: From): Schemas["HarResponse"] {
  const body = keptBody(exchange, { journal, side: "response" });
  return {
    status: exchange.status,
    statusText: "",
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: pairs(presentHeaders(exchange.responseHeaders, redactor)),
    content: body === undefined ? { size: 0, mimeType: "" } : contentOf(body, redactor),
    redirectURL: "",
    headersSize: -1,
    bodySize: body?.size ?? 0,
  };
}

function pairs(headers: Readonly<Record<string, string>>): Schemas["NamedValue"][] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** HAR has no encoding for what is sent, so bytes that are no text are marked in the comment. */
function postDataOf(body: KeptBody, redactor: Redactor): Schemas["HarPostData"] {
  const { text, isBase64 } = shownText(body, redactor);
  const mark = isBase64 ? "The text is base64. " : "";
  return {
    mimeType: redactor.text(body.mediaType ?? ""),
    text: text ?? "",
    ...comment(`${mark}${whatIsMissing(body)}`),
  };
}

function contentOf(body: KeptBody, redactor: Redactor): Schemas["HarContent"] {
  const { text, isBase64 } = shownText(body, redactor);
  return {
    size: body.size,
    mimeType: redactor.text(body.mediaType ?? ""),
    ...(text === undefined ? {} : { text }),
    ...(isBase64 ? { encoding: "base64" } : {}),
    ...comment(whatIsMissing(body)),
  };
}

function shownText(body: KeptBody, redactor: Redactor): { text: string | undefined; isBase64: boolean } {
  if (body.bytes === undefined) return { text: undefined, isBase64: false };
  const clean = cleanBody(body, redactor);
  return typeof clean === "string"
    ? { text: clean, isBase64: false }
    : { text: base64(clean), isBase64: true };
}

function whatIsMissing({ bytes, isCut, size }: KeptBody): string {
  if (isCut) return `Cut: the first ${bytes?.length ?? 0} of ${size} bytes are kept.`;
  if (bytes !== undefined) return "";
  return size === 0 ? "Too large to be read." : "Not kept: it had to make room for later bodies.";
}

function comment(text: string): { readonly comment?: string } {
  const trimmed = text.trim();
  return trimmed === "" ? {} : { comment: trimmed };
}
