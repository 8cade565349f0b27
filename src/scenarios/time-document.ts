import type { DurationName } from "../domain/due.ts";
import type { RangeText } from "./behaviour-document.ts";

/** A span before the start (`2h`), a span after it (`in 2h`), or an RFC 3339 instant. */
export type MomentText = string;

export type DurationTexts = { readonly [Name in DurationName]?: RangeText };
