import { canReadOrganization, isMember } from "../../domain/access.ts";
import type { World } from "../../domain/world.ts";
import type { UserCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { presentOrganization } from "./present-organization.ts";

/** `GET /users/{user}/organizations`: those that the user belongs to and the caller may see. */
export function listUserOrganizations(world: World, { caller, user }: UserCall): Reply {
  const organizations = [...world.directory.organizations.values()];
  const shown = organizations.filter(({ id }) => isMember(user, id) && canReadOrganization(caller, id));
  return handled(200, shown.map(presentOrganization));
}
