import type { FieldComplaint } from "../../domain/field-complaint.ts";
import { parseUuid } from "../../domain/ids.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Query } from "../query.ts";

/** Which part of a list a client asks for. */
export interface Page {
  /** The most rows to show; 0 for all. */
  readonly limit: number;
  /** How many rows to leave out first. */
  readonly offset: number;
  /** Only rows behind the one with this id. */
  readonly afterId?: string | undefined;
}

export type ReadPage =
  | { readonly ok: true; readonly page: Page }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reads `after_id`, `limit` and `offset`. All complaints come together; what is absent or empty does not count. */
export function readPage(query: Query): ReadPage {
  const complaints: FieldComplaint[] = [];
  const once = (field: string): string => {
    const values = query.filter(([name]) => name === field);
    if (values.length <= 1) return values[0]?.[1] ?? "";
    const detail = `Query param "${field}" provided more than once, found ${values.length} times`;
    complaints.push({ field, detail });
    return "";
  };
  const count = (field: string): number => {
    const text = once(field);
    const number = text === "" ? 0 : readCount(text);
    if (number !== undefined) return number;
    complaints.push({ field, detail: `Query param "${field}" must be a whole number from 0 to ${most}` });
    return 0;
  };
  const after = once("after_id");
  const afterId = parseUuid(after);
  if (after !== "" && afterId === undefined) {
    complaints.push({ field: "after_id", detail: 'Query param "after_id" must be a valid UUID' });
  }
  const page: Page = { afterId, limit: count("limit"), offset: count("offset") };
  return complaints.length > 0
    ? { ok: false, refusal: { kind: "bad-query", complaints } }
    : { ok: true, page };
}

/** The rows behind the one with an id, all of them without an id; undefined when no row has it. */
export function rowsAfter<Row extends { readonly id: string }>(
  rows: readonly Row[],
  { afterId }: Page,
): readonly Row[] | undefined {
  if (afterId === undefined) return rows;
  const index = rows.findIndex(({ id }) => id === afterId);
  return index < 0 ? undefined : rows.slice(index + 1);
}

/** The rows of a page. */
export function rowsOf<Row>(rows: readonly Row[], { limit, offset }: Page): readonly Row[] {
  return rows.slice(offset, limit === 0 ? undefined : offset + limit);
}

/** The provider counts in 32 bits. */
const most = 2_147_483_647;

function readCount(text: string): number | undefined {
  const number = /^\+?\d+$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= most ? number : undefined;
}
