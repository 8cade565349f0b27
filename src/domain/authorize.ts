import type { Membership, User } from "./directory.ts";
import {
  everybodysGrants,
  type Grants,
  memberGrants,
  organizationGrants,
  ownGrants,
  type ResourceType,
  resourceTypes,
  siteGrants,
} from "./permissions.ts";

/** What somebody wants to act on: a kind of thing, narrowed by whose and where it is. */
export interface AuthorizationObject {
  readonly type: string;
  /** Empty or absent: nobody's, or everybody's. */
  readonly ownerId?: string | undefined;
  /** Empty or absent: of no organization, or of all of them. */
  readonly organizationId?: string | undefined;
  /** Whether some organization will do, whichever it is. */
  readonly anyOrganization?: boolean | undefined;
}

/** Whether a user may do something, by the tables of what roles, membership and ownership allow. */
export function isAllowed(user: User, action: string, object: AuthorizationObject): boolean {
  const { type } = object;
  if (!isResourceType(type)) return false;
  return grantsOf(user, object).some((grants) => {
    const actions = grants[type];
    return actions === "every" || actions?.includes(action) === true;
  });
}

function isResourceType(type: string): type is ResourceType {
  return resourceTypes.some((known) => known === type);
}

function grantsOf(user: User, object: AuthorizationObject): readonly Grants[] {
  const here = user.memberships.filter((membership) => isIn(object, membership));
  const isOwn = object.ownerId === user.id;
  const isAnywhere = object.organizationId === undefined && object.anyOrganization !== true;
  return [
    everybodysGrants,
    ...user.roles.map((role) => siteGrants[role]),
    ...(here.length > 0 ? [memberGrants] : []),
    ...here.flatMap(({ roles }) => roles.map((role) => organizationGrants[role])),
    // Provider: what somebody owns in an organization is theirs for as long as they are its member.
    ...(isOwn && (isAnywhere || here.length > 0) ? [ownGrants] : []),
  ];
}

function isIn({ organizationId, anyOrganization }: AuthorizationObject, membership: Membership): boolean {
  return anyOrganization === true || membership.organizationId === organizationId;
}
