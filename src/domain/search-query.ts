import type { FieldComplaint } from "./field-complaint.ts";

/** What the parameter `q` of an operation may ask for. */
export interface SearchLanguage<Key extends string> {
  /** In the order in which complaints about them are told. */
  readonly keys: readonly Key[];
  /** Keys that may be given again and again; their values come joined by commas. */
  readonly lists?: readonly Key[];
  /** What the words without a key mean, all of them joined by blanks. */
  readonly bare: (words: string) => readonly (readonly [key: Key, value: string])[] | BareComplaint;
}

/** What is wrong with the words without a key. */
interface BareComplaint {
  readonly detail: string;
}

/** The terms of a query, lower-cased; an absent key does not filter. */
export type SearchTerms<Key extends string> = Readonly<Partial<Record<Key, string>>>;

export type ParsedSearch<Key extends string> =
  | { readonly ok: true; readonly terms: SearchTerms<Key> }
  /** The terms are those of the known keys that were given once; more may turn out to be wrong with them. */
  | {
      readonly ok: false;
      readonly terms: SearchTerms<Key>;
      /** The field of each is the key at fault, `q` for the query as a whole. */
      readonly complaints: readonly FieldComplaint[];
    };

type Found = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the query language of `q`: `key:value` pairs between blanks, double quotes around blanks, everything else joined
 * into one term whose meaning is the language's. All complaints come back, but a token that cannot be read at all comes
 * alone.
 */
export function parseSearch<Key extends string>(
  query: string,
  language: SearchLanguage<Key>,
): ParsedSearch<Key> {
  const found = new Map<string, string[]>();
  const add = (key: string, value: string) => found.set(key, [...(found.get(key) ?? []), value]);
  const loose: string[] = [];
  for (const token of splitOutsideQuotes(query.toLowerCase(), " ")) {
    if (token === "") continue;
    const pair = readToken(token);
    if ("detail" in pair) return unreadable(pair.detail);
    if (pair.key === undefined) loose.push(pair.value);
    else add(pair.key, pair.value);
  }
  const bare = loose.length === 0 ? [] : language.bare(loose.join(" "));
  if ("detail" in bare) return unreadable(bare.detail);
  for (const [key, value] of bare) add(key, value);
  const complaints = [...findRepeated(found, language), ...findUnknown(found, language)];
  const terms = termsFrom(found, language);
  return complaints.length > 0 ? { ok: false, terms, complaints } : { ok: true, terms };
}

/** Complaints about known keys in the keys' order, then those about keys that nobody knows. */
export function inOrderOfKeys(
  complaints: readonly FieldComplaint[],
  { keys }: { readonly keys: readonly string[] },
): readonly FieldComplaint[] {
  const rank = ({ field }: FieldComplaint) => (keys.includes(field) ? keys.indexOf(field) : keys.length);
  return complaints.toSorted((one, other) => rank(one) - rank(other));
}

function unreadable(detail: string): {
  readonly ok: false;
  readonly terms: Readonly<Record<never, string>>;
  readonly complaints: readonly FieldComplaint[];
} {
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

function* findRepeated<Key extends string>(
  found: Found,
  { keys, lists = [] }: SearchLanguage<Key>,
): Generator<FieldComplaint> {
  for (const key of keys) {
    const count = found.get(key)?.length ?? 0;
    if (count > 1 && !lists.includes(key))
      yield { field: key, detail: `Query param "${key}" provided more than once, found ${count} times` };
  }
}

function* findUnknown(
  found: Found,
  { keys }: { readonly keys: readonly string[] },
): Generator<FieldComplaint> {
  for (const key of found.keys()) {
    if (!keys.includes(key)) {
      yield { field: key, detail: `"${key}" is not a valid query param. Known: ${keys.join(", ")}` };
    }
  }
}

function termsFrom<Key extends string>(
  found: Found,
  { keys, lists = [] }: SearchLanguage<Key>,
): SearchTerms<Key> {
  const terms: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const values = found.get(key) ?? [];
    const value = values.join(",");
    if (value !== "" && (values.length === 1 || lists.includes(key))) terms[key] = value;
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
