import { canReadOrganization, canReadUser } from "../domain/access.ts";
import type { User } from "../domain/directory.ts";
import { parseUuid } from "../domain/ids.ts";
import type { SearchComplaint } from "../domain/search-query.ts";
import type { World } from "../domain/world.ts";

/** What a term of a search means: nothing when it is absent, else a value or a complaint. */
export type Term<Value> = { readonly value: Value } | { readonly complaint: SearchComplaint } | undefined;

export function valueIn<Value>(term: Term<Value>): Value | undefined {
  return term !== undefined && "value" in term ? term.value : undefined;
}

export function complaintsOf(terms: readonly Term<unknown>[]): readonly SearchComplaint[] {
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

function complain(field: string, detail: string): { readonly complaint: SearchComplaint } {
  return { complaint: { field, detail } };
}
