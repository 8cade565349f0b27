import type { Organization } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { presentOrganization } from "./present-organization.ts";

/** `GET /organizations/{organization}`, and the same below a user. */
export function getOrganization(_: World, { found }: FoundCall<Organization>): Reply {
  return handled(200, presentOrganization(found));
}
