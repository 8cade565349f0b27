import type { components } from "../contract/generated/admin.ts";
import type { SessionToken, User } from "../domain/directory.ts";
import { parseDuration } from "../domain/duration.ts";
import { asId, parseUuid } from "../domain/ids.ts";
import { asInstant } from "../domain/instant.ts";
import type { World } from "../domain/world.ts";
import { worldSessionToken } from "../domain/world-token.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest, notFound } from "./complain.ts";
import { textField } from "./fields.ts";
import { stamp } from "./tasks/present-task.ts";

type Schemas = components["schemas"];

/** `POST /tokens`. */
export function mintToken({ host }: AdminContext, { fields }: AdminCall): Reply {
  const { world } = host;
  const text = textField(fields, "expires_in");
  const span = text === undefined ? undefined : parseDuration(text);
  if (text !== undefined && span === undefined) {
    const detail = `expected a span such as "30s" or "1h", received ${JSON.stringify(text)}`;
    return badRequest("The token cannot expire after that.", [{ field: "body/expires_in", detail }]);
  }
  const name = textField(fields, "user") ?? "";
  const user = userNamed(world, name);
  if (user === undefined) {
    const known = [...world.directory.users.values()].slice(0, longestList).map(({ username }) => username);
    return notFound(`There is no user ${JSON.stringify(name)}.`, `Known: ${known.join(", ")}.`);
  }
  const token: SessionToken = {
    text: tokenText(world, `${user.username}#${world.ids.count("token")}`),
    userId: user.id,
    ...(span === undefined ? {} : { expiresAt: asInstant(world.now + span) }),
  };
  world.tables.saveToken(token);
  world.touch();
  const body: Schemas["Token"] = {
    ...presentToken(token),
    user: { id: user.id, username: user.username },
  };
  return handled(201, body);
}

/** Names beyond these would help nobody to find the one that was meant. */
const longestList = 50;

function userNamed(world: World, text: string): User | undefined {
  const uuid = parseUuid(text);
  return uuid === undefined ? world.directory.userNamed(text) : world.directory.users.get(asId(uuid));
}

/** The token that belongs to a name: a key id and a secret, as the provider makes them. */
export function tokenText({ ids, settings }: World, name: string): string {
  if (settings.worldId !== undefined) return worldSessionToken(settings.worldId, name);
  return `${ids.text("token-key", name, 10)}-${ids.text("token-secret", name, 22)}`;
}

export function presentToken({ text, expiresAt }: SessionToken): Schemas["UserToken"] {
  return { token: text, ...stamp("expires_at", expiresAt) };
}
