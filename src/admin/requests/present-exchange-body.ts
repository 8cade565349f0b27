import type { components } from "../../contract/generated/admin.ts";
import { isShallow, type JsonValue } from "../../contract/json.ts";
import type { ExchangedBodies, Journal, KeptExchange } from "../../engine/journal/journal.ts";
import type { Redactor } from "../../engine/journal/redact.ts";

type Body = components["schemas"]["ExchangeBody"];

/** Whose body of an exchange is looked at, and where it is kept. */
export interface BodyPlace {
  readonly journal: Journal;
  readonly side: keyof ExchangedBodies;
}

/** A body as the journal has it. */
export interface KeptBody {
  /** Bytes as it came, whatever is kept of them. */
  readonly size: number;
  /** Undefined when it is kept no more, or was too large to be read. */
  readonly bytes: Uint8Array | undefined;
  /** Whether more came than is kept. */
  readonly isCut: boolean;
  /** As the header says, in lower case. */
  readonly mediaType: string | undefined;
}

/** The body on one side of an exchange; undefined when there was none. */
export function keptBody(exchange: KeptExchange, { journal, side }: BodyPlace): KeptBody | undefined {
  const size = side === "request" ? exchange.requestSize : exchange.responseSize;
  const headers = side === "request" ? exchange.requestHeaders : exchange.responseHeaders;
  const mediaType = headerOf(headers, "content-type");
  if (size === 0) {
    const isTooLarge = side === "request" && exchange.violations.some(({ rule }) => rule === "body-size");
    return isTooLarge ? { size: 0, bytes: undefined, isCut: false, mediaType } : undefined;
  }
  const bytes = journal.bodyOf(exchange, side);
  return { size, bytes, isCut: bytes !== undefined && bytes.length < size, mediaType };
}

export function headerOf(
  headers: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
}

/** A body in the form that shows most of it: JSON when it is whole, else text, else base64. */
export function presentBody(body: KeptBody, redactor: Redactor): Body {
  const { size, bytes, isCut, mediaType } = body;
  const type = mediaType === undefined ? {} : { media_type: redactor.text(mediaType) };
  if (bytes === undefined)
    return { ...(size === 0 ? {} : { size }), ...type, omitted: size === 0 ? "too-large" : "made-room" };
  const shown = isCut ? { size, ...type, cut: true } : { size, ...type };
  const json = jsonOf(body);
  if (json !== undefined) return { ...shown, json: redactor.json(json) };
  const text = textOf(body);
  if (text !== undefined) return { ...shown, text: redactor.looseJson(text) };
  return { ...shown, base64: base64(redactor.bytes(bytes)) };
}

/** What is kept of a body, byte by byte as it came but for secrets: text, or bytes that are none. */
export function cleanBody(body: KeptBody, redactor: Redactor): string | Uint8Array {
  const text = textOf(body);
  if (text === undefined) return redactor.bytes(body.bytes ?? new Uint8Array(0));
  const json = jsonOf(body);
  if (json === undefined) return redactor.looseJson(text);
  const clean = JSON.stringify(redactor.json(json));
  return clean === JSON.stringify(json) ? text : clean;
}

/** What a whole body means as JSON; undefined when it is none, or nested deeper than anybody means it. */
export function jsonOf({ bytes, isCut, mediaType }: KeptBody): JsonValue | undefined {
  if (bytes === undefined || isCut || bytes.length === 0) return undefined;
  const isSaid = mediaType !== undefined && /^[^;]*json/i.test(mediaType);
  if (!isSaid && !startsLikeJson.has(bytes[0] ?? 0)) return undefined;
  try {
    const value: JsonValue = JSON.parse(strict().decode(bytes));
    return isShallow(value, deepest) ? value : undefined;
  } catch {
    // Shown as the text or the bytes that it is.
    return undefined;
  }
}

/** `{` and `[`: curl calls the JSON that it sends a form unless it is told. */
const startsLikeJson: ReadonlySet<number> = new Set([0x7b, 0x5b]);
/** No body of the API is nearly as deep, and what is deeper is not lost: it is shown as text. */
const deepest = 64;

/** What is kept of a body as text; undefined when it is no UTF-8. A character that was cut in the middle is left out. */
function textOf({ bytes, isCut }: KeptBody): string | undefined {
  if (bytes === undefined) return undefined;
  try {
    return strict().decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

const strict = () => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
