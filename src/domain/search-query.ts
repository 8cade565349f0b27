export const searchKeys = ["owner", "organization", "status"] as const;
export type SearchKey = (typeof searchKeys)[number];

/** What is wrong with one part of a query. */
export interface SearchComplaint {
  /** The key at fault, `q` for the query as a whole. */
  readonly field: string;
  readonly detail: string;
}

/** The terms of a query, lower-cased; an absent key does not filter. */
export type SearchTerms = Readonly<Partial<Record<SearchKey, string>>>;

export type ParsedSearch =
  | { readonly ok: true; readonly terms: SearchTerms }
  /** The terms are those of the known keys that were given once; more may turn out to be wrong with them. */
  | { readonly ok: false; readonly terms: SearchTerms; readonly complaints: readonly SearchComplaint[] };

/**
 * Reads the query language of `q`: `key:value` pairs between blanks, double quotes around blanks, everything else joined
 * into one term that means the owner. All complaints come back, but a token that cannot be read at all comes alone.
 */
export function parseSearch(query: string): ParsedSearch {
  const found = new Map<string, string[]>();
  const loose: string[] = [];
  for (const token of splitOutsideQuotes(query.toLowerCase(), " ")) {
    if (token === "") continue;
    const pair = readToken(token);
    if ("detail" in pair) return unreadable(pair.detail);
    if (pair.key === undefined) loose.push(pair.value);
    else found.set(pair.key, [...(found.get(pair.key) ?? []), pair.value]);
  }
  if (loose.length > 0) found.set("owner", [...(found.get("owner") ?? []), loose.join(" ")]);
  const complaints = [...findRepeated(found), ...findUnknown(found)];
  const terms = termsFrom(found);
  return complaints.length > 0 ? { ok: false, terms, complaints } : { ok: true, terms };
}

function unreadable(detail: string): ParsedSearch {
  return { ok: false, terms: {}, complaints: [{ field: "q", detail }] };
}

type Token = { readonly key: string | undefined; readonly value: string } | { readonly detail: string };

function readToken(token: string): Token {
  if (token.startsWith(":") || token.endsWith(":")) {
    return { detail: `Query element "${token}" cannot start or end with ":"` };
  }
  const parts = splitOutsideQuotes(token, ":");
  if (parts.length > 2) return { detail: `Query element "${token}" can only contain 1 ":"` };
  const [first = "", second] = parts.map(unquote);
  return second === undefined ? { key: undefined, value: first } : { key: first, value: second };
}

function* findRepeated(found: ReadonlyMap<string, readonly string[]>): Generator<SearchComplaint> {
  for (const key of searchKeys) {
    const count = found.get(key)?.length ?? 0;
    if (count > 1)
      yield { field: key, detail: `Query param "${key}" provided more than once, found ${count} times` };
  }
}

function* findUnknown(found: ReadonlyMap<string, readonly string[]>): Generator<SearchComplaint> {
  const known: readonly string[] = searchKeys;
  for (const key of found.keys()) {
    if (!known.includes(key)) {
      yield { field: key, detail: `"${key}" is not a valid query param. Known: ${searchKeys.join(", ")}` };
    }
  }
}

function termsFrom(found: ReadonlyMap<string, readonly string[]>): SearchTerms {
  const terms: Partial<Record<SearchKey, string>> = {};
  for (const key of searchKeys) {
    const [value = "", another] = found.get(key) ?? [];
    if (value !== "" && another === undefined) terms[key] = value;
  }
  return terms;
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
}

function unquote(text: string): string {
  return text.replaceAll(/^"+|"+$/g, "");
}
