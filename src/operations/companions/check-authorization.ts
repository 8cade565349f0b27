import type { components } from "../../contract/generated/companions.ts";
import { canRead, canReadOrganization, canReadUser, isMember } from "../../domain/access.ts";
import { type AuthorizationObject, isAllowed } from "../../domain/authorize.ts";
import type { User } from "../../domain/directory.ts";
import { asId } from "../../domain/ids.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { type Check, type LookedUpType, readChecks } from "./read-authorization-checks.ts";

/** `POST /authcheck`: what the caller may do. About a thing that is not there the answer is no. */
export function checkAuthorization(world: World, { caller, body }: CallerCall): Reply {
  const read = readChecks(body, caller.id);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const answers: components["schemas"]["AuthorizationResponse"] = Object.fromEntries(
    read.value.map((check) => [check.name, mayDo(world, caller, check)]),
  );
  return handled(200, answers);
}

function mayDo(world: World, caller: User, { object, action, resource }: Check): boolean {
  if (resource === undefined) return isAllowed(caller, action, object);
  const thing = finders[resource.type](world, caller, resource.id);
  if (thing === undefined) return false;
  return isAllowed(caller, action, { type: object.type, ...thing.object }) || thing.also.includes(action);
}

/** A thing that a check is about, as it is, not as the client describes it. */
interface Thing {
  readonly object: Omit<AuthorizationObject, "type">;
  /** What the caller may do with just this one, whatever its kind allows. */
  readonly also: readonly string[];
}

type Finder = (world: World, caller: User, id: string) => Thing | undefined;

const findWorkspace: Finder = (world, caller, id) => {
  const workspace = world.workspace(asId(id));
  if (workspace === undefined) return undefined;
  const { ownerId, organizationId } = workspace;
  const also = canRead(caller, workspace, workspace) ? ["read"] : [];
  return { object: { ownerId, organizationId }, also };
};

const findTemplate: Finder = ({ directory }, caller, id) => {
  const template = directory.templates.get(asId(id));
  if (template === undefined || template.deleted) return undefined;
  const { organizationId } = template;
  const also = canReadOrganization(caller, organizationId) ? ["read"] : [];
  return { object: { organizationId }, also: isMember(caller, organizationId) ? [...also, "use"] : also };
};

const findUser: Finder = ({ directory }, caller, id) => {
  const user = directory.users.get(asId(id));
  if (user === undefined) return undefined;
  return { object: { ownerId: user.id }, also: canReadUser(caller, user) ? ["read"] : [] };
};

const finders = {
  workspace: findWorkspace,
  template: findTemplate,
  user: findUser,
  /** There are no groups here. */
  group: () => undefined,
} as const satisfies Readonly<Record<LookedUpType, Finder>>;
