import type { components } from "../contract/generated/admin.ts";
import type { JsonObject } from "../contract/json.ts";
import { type Membership, type Organization, siteRoles, type User } from "../domain/directory.ts";
import { asId, parseUuid } from "../domain/ids.ts";
import { nameComplaint } from "../domain/task-name.ts";
import type { World } from "../domain/world.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest, conflict, notFound } from "./complain.ts";
import { numberField, textField, wordsField } from "./fields.ts";
import { presentOrganization } from "./tasks/present-task.ts";
import { presentToken, tokenText } from "./tokens.ts";

type Schemas = components["schemas"];

/** `GET /users`. */
export function listUsers({ host }: AdminContext): Reply {
  const users = [...host.world.directory.users.values()].map((user) => presentUser(host.world, user));
  return handled(200, { users } satisfies Schemas["UserList"]);
}

/** `POST /users`: with a token, so that the user can call at once. */
export function addUser({ host }: AdminContext, { fields }: AdminCall): Reply {
  const { world } = host;
  const username = textField(fields, "username") ?? "";
  const complaint = usernameComplaint(username);
  if (complaint !== undefined) {
    const detail = `${complaint}, received ${JSON.stringify(username)}`;
    return badRequest("The username cannot be used.", [{ field: "body/username", detail }]);
  }
  const taken = world.directory.userNamed(username);
  if (taken !== undefined) {
    return conflict(`There is already a user "${taken.username}".`, "Usernames differ by more than case.");
  }
  const organization = organizationFor(world, textField(fields, "organization"));
  if (!organization.ok) return organization.reply;
  const user = newUser(world, fields, { username, memberships: organization.memberships });
  world.tables.saveUser(user);
  world.tables.saveToken({ text: tokenText(world, username), userId: user.id });
  world.touch();
  return handled(201, presentUser(world, user));
}

/** Why nobody could be called so, as a sentence without its end. */
function usernameComplaint(username: string): string | undefined {
  const complaint = nameComplaint(username);
  if (complaint !== undefined) return `it ${complaint}`;
  if (username === "me") return 'it must not be "me", which means the caller';
  return parseUuid(username) === undefined ? undefined : "it must not look like a uuid, which means an id";
}

type Memberships =
  | { readonly ok: true; readonly memberships: readonly Membership[] }
  | { readonly ok: false; readonly reply: Reply };

function organizationFor(world: World, text: string | undefined): Memberships {
  const all = [...world.directory.organizations.values()];
  const chosen =
    text === undefined ? (all.find(({ isDefault }) => isDefault) ?? all[0]) : organizationNamed(world, text);
  if (chosen !== undefined) return { ok: true, memberships: [{ organizationId: chosen.id, roles: [] }] };
  if (text === undefined) return { ok: true, memberships: [] };
  const known = all.map(({ name }) => name).join(", ");
  return {
    ok: false,
    reply: notFound(`There is no organization ${JSON.stringify(text)}.`, `Known: ${known}.`),
  };
}

function organizationNamed(world: World, text: string): Organization | undefined {
  const uuid = parseUuid(text);
  const byId = uuid === undefined ? undefined : world.directory.organizations.get(asId(uuid));
  return byId ?? world.directory.organizationNamed(text);
}

function newUser(
  world: World,
  fields: JsonObject,
  { username, memberships }: Pick<User, "username" | "memberships">,
): User {
  const githubUserId = numberField(fields, "github_user_id");
  const roles = wordsField(fields, "roles", ["organization-admin"]);
  return {
    id: asId(world.ids.named("user", username)),
    username,
    name: textField(fields, "name") ?? "",
    email: textField(fields, "email") ?? `${username.toLowerCase()}@example.com`,
    avatarUrl: "",
    status: "active",
    roles: wordsField(fields, "roles", siteRoles),
    memberships: memberships.map(({ organizationId }) => ({ organizationId, roles })),
    ...(githubUserId === undefined ? {} : { githubUserId }),
    createdAt: world.now,
  };
}

function presentUser(world: World, user: User): Schemas["User"] {
  const tokens = [...world.directory.tokens.values()].filter(({ userId }) => userId === user.id);
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    email: user.email,
    status: user.status,
    roles: user.roles,
    organizations: user.memberships.map(({ organizationId, roles }) => ({
      ...presentOrganization(world, organizationId),
      roles,
    })),
    ...(user.githubUserId === undefined ? {} : { github_user_id: user.githubUserId }),
    default: user.id === world.start.defaultUserId,
    tokens: tokens.map(presentToken),
  };
}
