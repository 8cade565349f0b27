import type { components } from "../../contract/generated/companions.ts";
import type { SiteRole, User } from "../../domain/directory.ts";
import { formatInstant } from "../../domain/instant.ts";

type Schemas = components["schemas"];

/** A user as the users' operations show one. */
export function presentUser(user: User): Schemas["User"] {
  const createdAt = formatInstant(user.createdAt);
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    email: user.email,
    ...(user.avatarUrl === "" ? {} : { avatar_url: user.avatarUrl }),
    created_at: createdAt,
    updated_at: createdAt,
    status: user.status,
    login_type: loginType(user),
    organization_ids: user.memberships.map(({ organizationId }) => organizationId),
    roles: user.roles.map(presentRole),
    ...(user.githubUserId === undefined ? {} : { github_com_user_id: user.githubUserId }),
  };
}

export const loginTypes = ["password", "github", "oidc", "token", "none"] as const;

/** How a user signs in: as far as the world knows, with GitHub or with a password. */
export function loginType(user: User): (typeof loginTypes)[number] {
  return user.githubUserId === undefined ? "password" : "github";
}

const roleNames = {
  owner: "Owner",
  "user-admin": "User Admin",
  "template-admin": "Template Admin",
  auditor: "Auditor",
} as const satisfies Record<SiteRole, string>;

function presentRole(role: SiteRole): Schemas["SlimRole"] {
  return { name: role, display_name: roleNames[role] };
}
