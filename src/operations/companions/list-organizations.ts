import { canReadOrganization } from "../../domain/access.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { presentOrganization } from "./present-organization.ts";

/** `GET /organizations`: those that the caller may see. */
export function listOrganizations(world: World, { caller }: CallerCall): Reply {
  const organizations = [...world.directory.organizations.values()];
  return handled(
    200,
    organizations.filter(({ id }) => canReadOrganization(caller, id)).map(presentOrganization),
  );
}
