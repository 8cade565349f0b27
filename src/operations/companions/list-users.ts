import { canReadUser } from "../../domain/access.ts";
import { type User, userStatuses } from "../../domain/directory.ts";
import { inOrderOfKeys, parseSearch, type SearchLanguage } from "../../domain/search-query.ts";
import type { World } from "../../domain/world.ts";
import type { Decoded } from "../decode-fields.ts";
import type { CallerCall } from "../operation.ts";
import { firstOf } from "../query.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { complaintsOf, integerTerm, valueIn, wordsTerm } from "../search-terms.ts";
import { compareTexts } from "./compare-texts.ts";
import { readPage, rowsAfter, rowsOf } from "./page.ts";
import { loginType, loginTypes, presentUser } from "./present-user.ts";

type Key = "search" | "name" | "status" | "role" | "github_com_user_id" | "login_type";

const language: SearchLanguage<Key> = {
  keys: ["search", "name", "status", "role", "github_com_user_id", "login_type"],
  lists: ["status", "role", "login_type"],
  bare: (words) => [["search", words]],
};

/** `GET /users`: those whom the caller may see, by username. */
export function listUsers(world: World, { caller, query }: CallerCall): Reply {
  const search = readSearch(firstOf(query, "q") ?? "");
  if (!search.ok) return refuse(search.refusal, world.rules);
  const read = readPage(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const users = [...world.directory.users.values()]
    .filter((user) => canReadUser(caller, user))
    .toSorted((one, other) => compareTexts(one.username.toLowerCase(), other.username.toLowerCase()));
  const found = (rowsAfter(users, read.page) ?? []).filter(search.value);
  const shown = rowsOf(found, read.page);
  // The provider counts beside its rows: where a page has none, there is no count either.
  return handled(200, { users: shown.map(presentUser), count: shown.length === 0 ? 0 : found.length });
}

type Test = (user: User) => boolean;

function readSearch(text: string): Decoded<Test> {
  const parsed = parseSearch(text, language);
  const { terms } = parsed;
  const status = wordsTerm("status", terms.status, userStatuses);
  const signIn = wordsTerm("login_type", terms.login_type, loginTypes);
  const github = integerTerm("github_com_user_id", terms.github_com_user_id);
  const wrong = complaintsOf([status, signIn, github]);
  const complaints = inOrderOfKeys([...wrong, ...(parsed.ok ? [] : parsed.complaints)], language);
  if (complaints.length > 0)
    return { ok: false, refusal: { kind: "bad-search", things: "user", complaints } };
  const roles = terms.role?.split(",") ?? [];
  const tests: readonly Test[] = [
    ({ username, email }) => contains(username, terms.search) || contains(email, terms.search),
    ({ name }) => contains(name, terms.name),
    (user) => valueIn(status)?.includes(user.status) ?? true,
    (user) => valueIn(signIn)?.includes(loginType(user)) ?? true,
    // Everybody is a member.
    (user) =>
      roles.length === 0 || roles.includes("member") || user.roles.some((role) => roles.includes(role)),
    // Provider: 0 stands for any.
    ({ githubUserId }) => !valueIn(github) || githubUserId === valueIn(github),
  ];
  return { ok: true, value: (user) => tests.every((test) => test(user)) };
}

function contains(text: string, part = ""): boolean {
  return text.toLowerCase().includes(part);
}
