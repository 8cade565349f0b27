import { type Instant, parseInstant } from "../domain/instant.ts";
import type { Exchange } from "../engine/journal/exchange.ts";

/** Behind the exchange of a number, or at an instant and later. */
export type Since = { readonly id: number } | { readonly instant: Instant };

/** Since the beginning where nothing was said; undefined for what is neither. */
export function sinceFrom(text = "0"): Since | undefined {
  if (/^\d+$/.test(text)) return { id: Number(text) };
  // A plus sign that was not escaped, as in an offset, has come as a blank.
  const instant = parseInstant(text.replace(" ", "+"));
  return instant === undefined ? undefined : { instant };
}

export function isSince({ id, at }: Pick<Exchange, "id" | "at">, since: Since): boolean {
  return "id" in since ? Number(id) > since.id : at >= since.instant;
}
