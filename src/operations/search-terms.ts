import { canReadOrganization, canReadUser } from "../domain/access.ts";
import type { User } from "../domain/directory.ts";
import type { FieldComplaint } from "../domain/field-complaint.ts";
import { parseUuid } from "../domain/ids.ts";
import { type Instant, parseInstant } from "../domain/instant.ts";
import type { World } from "../domain/world.ts";

/** What a term of a search means: nothing when it is absent, else a value or a complaint. */
export type Term<Value> = { readonly value: Value } | { readonly complaint: FieldComplaint } | undefined;

export function valueIn<Value>(term: Term<Value>): Value | undefined {
  return term !== undefined && "value" in term ? term.value : undefined;
}

export function complaintsOf(terms: readonly Term<unknown>[]): readonly FieldComplaint[] {
  return terms.flatMap((term) => (term !== undefined && "complaint" in term ? [term.complaint] : []));
}

/** `owner:` with `me`, an id, which is taken as it is, or the name of a user whom the caller may see. */
export function ownerTerm(world: World, caller: User, text: string | undefined): Term<string> {
  if (text === undefined) return undefined;
  if (text === "me") return { value: caller.id };
  const uuid = parseUuid(text);
  if (uuid !== undefined) return { value: uuid };
  const user = world.directory.userNamed(text);
  if (user !== undefined && canReadUser(caller, user)) return { value: user.id };
  return complain(
    "owner",
    `User ${JSON.stringify(text)} either does not exist, or you are not authorized to view them`,
  );
}

/** `organization:` with an id, which is taken as it is, or the name of one that the caller may see. */
export function organizationTerm(world: World, caller: User, text: string | undefined): Term<string> {
  if (text === undefined) return undefined;
  const uuid = parseUuid(text);
  if (uuid !== undefined) return { value: uuid };
  const organization = world.directory.organizationNamed(text);
  if (organization !== undefined && canReadOrganization(caller, organization.id)) {
    return { value: organization.id };
  }
  return complain(
    "organization",
    `Organization ${JSON.stringify(text)} either does not exist, or you are not authorized to view it`,
  );
}

/** A key that takes one of some words. */
export function choiceTerm<Choice extends string>(
  field: string,
  text: string | undefined,
  choices: readonly Choice[],
): Term<Choice> {
  if (text === undefined) return undefined;
  const value = choices.find((choice) => choice === text);
  if (value !== undefined) return { value };
  return complain(
    field,
    `Query param "${field}" has the invalid value ${JSON.stringify(text)}. Known: ${choices.join(", ")}`,
  );
}

/** Words between commas, each of which must be known. */
export function wordsTerm<Word extends string>(
  field: string,
  text: string | undefined,
  known: readonly Word[],
): Term<readonly Word[]> {
  return listTerm(field, text, {
    read: (word) => known.find((one) => one === word),
    expected: `one of ${known.join(", ")}`,
  });
}

/** Ids between commas. */
export function idsTerm(field: string, text: string | undefined): Term<readonly string[]> {
  return listTerm(field, text, { read: parseUuid, expected: "a valid UUID" });
}

export function idTerm(field: string, text: string | undefined): Term<string> {
  return readTerm(field, text, { read: parseUuid, expected: "a valid UUID" });
}

/** Yes or no, in any of the words that the provider's parser knows; queries are lower-cased. */
export function booleanTerm(field: string, text: string | undefined): Term<boolean> {
  return readTerm(field, text, { read: (word) => booleans.get(word), expected: "true or false" });
}

export function integerTerm(field: string, text: string | undefined): Term<number> {
  return readTerm(field, text, {
    read: (digits) => (/^[+-]?\d+$/.test(digits) ? Number(digits) : undefined),
    expected: "a whole number",
  });
}

/** A point in time. Queries are lower-cased, its letters, too. */
export function instantTerm(field: string, text: string | undefined): Term<Instant> {
  return readTerm(field, text, { read: parseInstant, expected: "an RFC 3339 date-time" });
}

/** The forms that the provider's language reads as truth values, in lower case. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "true"].map((word) => [word, true] as const),
  ...["0", "f", "false"].map((word) => [word, false] as const),
]);

interface Reading<Value> {
  read(text: string): Value | undefined;
  /** What a text must be so that it can be read. */
  readonly expected: string;
}

function readTerm<Value>(
  field: string,
  text: string | undefined,
  { read, expected }: Reading<Value>,
): Term<Value> {
  if (text === undefined) return undefined;
  const value = read(text);
  return value === undefined
    ? complain(field, `Query param "${field}" must be ${expected}, not ${JSON.stringify(text)}`)
    : { value };
}

function listTerm<Value>(
  field: string,
  text: string | undefined,
  reading: Reading<Value>,
): Term<readonly Value[]> {
  if (text === undefined) return undefined;
  const terms = text.split(",").map((part) => readTerm(field, part, reading));
  const wrong = terms.find((term) => term !== undefined && "complaint" in term);
  if (wrong !== undefined && "complaint" in wrong) return wrong;
  return { value: terms.flatMap((term) => (term !== undefined && "value" in term ? [term.value] : [])) };
}

function complain(field: string, detail: string): { readonly complaint: FieldComplaint } {
  return { complaint: { field, detail } };
}
