import type { World } from "../domain/world.ts";

/** How a user of a world signs in. */
export interface SignIn {
  readonly username: string;
  readonly token: string;
  readonly roles: readonly string[];
  readonly isDefault: boolean;
}

/** Every user with a token that is still good, each with the first one. */
export function signInsOf(world: World): readonly SignIn[] {
  const tokens = new Map<string, string>();
  for (const { userId, text, expiresAt } of world.directory.tokens.values()) {
    const isGood = expiresAt === undefined || expiresAt > world.now;
    if (isGood && !tokens.has(userId)) tokens.set(userId, text);
  }
  return [...world.directory.users.values()].flatMap((user) => {
    const token = tokens.get(user.id);
    if (token === undefined) return [];
    const organizationRoles = user.memberships.flatMap(({ roles }) => roles);
    const roles = [...new Set([...user.roles, ...organizationRoles])];
    return [
      {
        username: user.username,
        token,
        roles: roles.length === 0 ? ["member"] : roles,
        isDefault: user.id === world.start.defaultUserId,
      },
    ];
  });
}
