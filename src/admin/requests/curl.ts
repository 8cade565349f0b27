import { type KeptExchange, longestKept } from "../../engine/journal/journal.ts";
import type { Redactor } from "../../engine/journal/redact.ts";
import { worldPrefix } from "../../engine/worlds/world-prefix.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import { conflict } from "../complain.ts";
import { fitsLine, printfFormat, word } from "./curl-words.ts";
import { redactorFor } from "./present-exchange.ts";
import { cleanBody, type KeptBody, keptBody } from "./present-exchange-body.ts";
import { presentHeaders } from "./present-exchange-detail.ts";

/** Of the connection that the request came by, or made anew by curl. */
const ofConnection: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What curl adds by itself unless it is told not to. */
const ofCurl = ["accept", "user-agent"];

/**
 * The line for a POSIX shell that repeats an exchange's request, with `$TOKEN` in place of secrets; a 409 when its body is not
 * kept whole. `baseUrl`: where the mock was found.
 */
export function curlOf(context: AdminContext, exchange: KeptExchange, baseUrl: string): Reply {
  const { host } = context;
  const body = keptBody(exchange, { journal: host.journal, side: "request" });
  if (body !== undefined && (body.bytes === undefined || body.isCut)) {
    return conflict(
      `Request ${exchange.id} cannot be repeated: its body is not kept whole.`,
      body.isCut
        ? `The journal keeps the first ${longestKept / 1_024} KiB of a body.`
        : "It was too large, or had to make room for later ones.",
    );
  }
  const redactor = redactorFor(context).for(exchange);
  const sent = body === undefined ? undefined : sentBody(body, redactor);
  const words = [
    "curl",
    ...methodWords(exchange.method, body !== undefined),
    ...headerWords(exchange, { redactor, hasBody: body !== undefined }),
    ...(sent?.words ?? []),
    ...urlWords(`${baseUrl || "http://localhost"}${worldPrefix(host)}`, exchange, redactor),
  ];
  const line = `${sent?.feed ?? ""}${words.join(" ")}`;
  return { outcome: "handled", status: 200, text: { mediaType: "text/plain", text: `${line}\n` } };
}

function methodWords(method: string, hasBody: boolean): readonly string[] {
  if (method === "HEAD") return ["--head"];
  return method === (hasBody ? "POST" : "GET") ? [] : ["-X", word(method)];
}

function headerWords(
  { requestHeaders }: KeptExchange,
  { redactor, hasBody }: { readonly redactor: Redactor; readonly hasBody: boolean },
): readonly string[] {
  const shown = Object.entries(presentHeaders(requestHeaders, redactor));
  const kept = shown.filter(([name]) => !ofConnection.has(name));
  const unwanted = [...ofCurl, ...(hasBody ? ["content-type"] : [])].filter(
    (name) => requestHeaders[name] === undefined,
  );
  return [
    ...kept.flatMap(([name, value]) => ["-H", word(value === "" ? `${name};` : `${name}: ${value}`)]),
    ...unwanted.flatMap((name) => ["-H", `${name}:`]),
  ];
}

function urlWords(base: string, { path, search }: KeptExchange, redactor: Redactor): readonly string[] {
  const query = search === "" ? "" : `?${redactor.search(search)}`;
  const url = `${base}${redactor.text(path)}${query}`;
  return [
    ...(/[[\]{}]/.test(`${path}${search}`) ? ["--globoff"] : []),
    ...(/(?:^|\/)\.{1,2}(?:\/|$)/.test(path) ? ["--path-as-is"] : []),
    word(url),
  ];
}

interface SentBody {
  readonly words: readonly string[];
  /** What has to stand before curl, to feed it. */
  readonly feed?: string;
}

/** As an argument where a line can hold it, else through a pipe. */
function sentBody(body: KeptBody, redactor: Redactor): SentBody {
  const clean = cleanBody(body, redactor);
  if (typeof clean === "string" && fitsLine(clean)) return { words: ["--data-raw", word(clean)] };
  const bytes = typeof clean === "string" ? new TextEncoder().encode(clean) : clean;
  return { words: ["--data-binary", "@-"], feed: `printf ${printfFormat(bytes)} | ` };
}
