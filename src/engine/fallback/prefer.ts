import type { Query } from "../../operations/query.ts";
import type { Problem } from "../problems.ts";

/** Which made-up answer a request asks for. */
export interface Preference {
  /** Status. */
  readonly code?: number | undefined;
  /** Name of a documented example. */
  readonly example?: string | undefined;
  /** Whether the answer is generated although the contract has examples. */
  readonly isDynamic?: boolean | undefined;
}

/** What a request says about made-up answers: something, something that means nothing, or (undefined) nothing at all. */
export type Asked =
  | { readonly ok: true; readonly preference: Preference }
  | { readonly ok: false; readonly problem: Problem };

const names = ["code", "example", "dynamic"] as const;
type Name = (typeof names)[number];
const twinPrefix = "__";

/**
 * Reads header `Prefer` (RFC 7240) and the query parameters `__code`, `__example` and `__dynamic`; the header wins. Other
 * preferences, such as `return=minimal`, mean nothing here and are left alone.
 */
export function readPreference(header: string | undefined, query: Query): Asked | undefined {
  // Nearly no request asks, and all pay for the question.
  if (header === undefined && !query.some(([name]) => name.startsWith(twinPrefix))) return undefined;
  const given = { ...inQuery(query), ...inHeader(header ?? "") };
  if (Object.keys(given).length === 0) return undefined;
  return understood(given);
}

/** A query without what asks for a made-up answer, which no contract documents. */
export function withoutPreference(query: Query): Query {
  return query.filter(([name]) => twinOf(name) === undefined);
}

type Given = Readonly<Partial<Record<Name, { readonly text: string; readonly place: string }>>>;

function inQuery(query: Query): Given {
  const given: Record<string, { text: string; place: string }> = {};
  for (const [name, text] of query) {
    const twin = twinOf(name);
    if (twin !== undefined) given[twin] ??= { text, place: `query parameter ${name}` };
  }
  return given;
}

function twinOf(name: string): Name | undefined {
  return name.startsWith(twinPrefix) ? names.find((one) => one === name.slice(twinPrefix.length)) : undefined;
}

/** A name, and a value that is quoted or ends with the next comma or semicolon. */
const pair = /(?:^|[,;])\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,;]*))/gu;

function inHeader(header: string): Given {
  const given: Record<string, { text: string; place: string }> = {};
  for (const [, name = "", quoted, plain = ""] of header.matchAll(pair)) {
    const known = names.find((one) => one === name.toLowerCase());
    const text = quoted?.replaceAll(/\\(.)/gu, "$1") ?? plain.trim();
    if (known !== undefined) given[known] ??= { text, place: `header Prefer, ${known}` };
  }
  return given;
}

function understood({ code, example, dynamic }: Given): Asked {
  if (code !== undefined && !/^[2-5]\d\d$/u.test(code.text)) return refuse(code, "a status such as 409");
  if (example?.text === "") return refuse(example, "the name of an example");
  if (dynamic !== undefined && !["true", "false"].includes(dynamic.text)) {
    return refuse(dynamic, "true or false");
  }
  return {
    ok: true,
    preference: {
      code: code === undefined ? undefined : Number(code.text),
      example: example?.text,
      isDynamic: dynamic === undefined ? undefined : dynamic.text === "true",
    },
  };
}

function refuse({ text, place }: { readonly text: string; readonly place: string }, expected: string): Asked {
  return {
    ok: false,
    problem: {
      outcome: "no-match",
      status: 400,
      body: {
        message: "The preference for an answer cannot be read.",
        detail: `In ${place} stands ${JSON.stringify(text.slice(0, 100))}; expected ${expected}.`,
      },
    },
  };
}
