import type { SessionToken } from "./directory.ts";
import type { UserId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Directory, World } from "./world.ts";
import { tagOfToken, tokenTag, worldSessionToken } from "./world-token.ts";

/** How a user of a world signs in. */
export interface SignIn {
  readonly username: string;
  readonly token: string;
  readonly roles: readonly string[];
  readonly isDefault: boolean;
}

/** Every user with a token that is still good, each with the first one, in a world of its own tokens with one of these. */
export function signInsOf({ directory, now, settings, start }: World): readonly SignIn[] {
  const tokens = goodTokens(directory.tokens.values(), now, settings.worldId);
  return [...directory.users.values()].flatMap((user) => {
    const token = tokens.get(user.id);
    if (token === undefined) return [];
    const organizationRoles = user.memberships.flatMap(({ roles }) => roles);
    const roles = [...new Set([...user.roles, ...organizationRoles])];
    return [
      {
        username: user.username,
        token,
        roles: roles.length === 0 ? ["member"] : roles,
        isDefault: user.id === start.defaultUserId,
      },
    ];
  });
}

/** Gives everybody who can sign in to a world a token that only this world has. */
export function mintWorldTokens(directory: Directory, worldId: string, now: Instant): void {
  for (const userId of goodTokens(directory.tokens.values(), now, undefined).keys()) {
    const username = directory.users.get(userId)?.username;
    if (username !== undefined) directory.saveToken({ text: worldSessionToken(worldId, username), userId });
  }
}

function goodTokens(
  tokens: Iterable<SessionToken>,
  now: Instant,
  worldId: string | undefined,
): ReadonlyMap<UserId, string> {
  const tag = worldId === undefined ? undefined : tokenTag(worldId);
  const chosen = new Map<UserId, string>();
  for (const { userId, text, expiresAt } of tokens) {
    if (expiresAt !== undefined && expiresAt <= now) continue;
    const known = chosen.get(userId);
    const isOwn = tagOfToken(text) === tag;
    if (known === undefined || (isOwn && tagOfToken(known) !== tag)) chosen.set(userId, text);
  }
  return chosen;
}
