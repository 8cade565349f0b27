import type { SiteRole, User } from "./directory.ts";
import type { OrganizationId, UserId } from "./ids.ts";
import type { Workspace } from "./workspace.ts";

interface Owned {
  readonly ownerId: UserId;
  readonly organizationId: OrganizationId;
}

/** Whether a user sees a task or workspace. Without this right it is not found, never forbidden. */
export function canRead(user: User, owned: Owned, workspace: Workspace | undefined): boolean {
  return canManage(user, owned) || workspace?.sharedWith.includes(user.id) === true;
}

/** Whether a user may change, start, stop and delete it: its owner, the site's owners, its organization's admins. */
export function canManage(user: User, owned: Owned): boolean {
  return user.id === owned.ownerId || hasRole(user, "owner") || isAdminOf(user, owned.organizationId);
}

/** Whether a caller sees another user's account: with a site-wide right, or as admin of a shared organization. */
export function canReadUser(caller: User, user: User): boolean {
  if (caller.id === user.id || hasRole(caller, "owner") || hasRole(caller, "user-admin")) return true;
  return user.memberships.some((membership) => isAdminOf(caller, membership.organizationId));
}

/** Whether a caller may make a task that another user owns. */
export function canCreateFor(caller: User, owner: User, organizationId: OrganizationId): boolean {
  return caller.id === owner.id || hasRole(caller, "owner") || isAdminOf(caller, organizationId);
}

/** Whether a user may use an organization's templates. */
export function isMember(user: User, organizationId: OrganizationId): boolean {
  return user.memberships.some((membership) => membership.organizationId === organizationId);
}

/** Whether a user sees an organization and what is in it. */
export function canReadOrganization(user: User, organizationId: OrganizationId): boolean {
  return isMember(user, organizationId) || user.roles.length > 0;
}

function hasRole(user: User, role: SiteRole): boolean {
  return user.roles.includes(role);
}

function isAdminOf(user: User, organizationId: OrganizationId): boolean {
  return user.memberships.some(
    (membership) =>
      membership.organizationId === organizationId && membership.roles.includes("organization-admin"),
  );
}
