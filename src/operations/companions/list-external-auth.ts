import type { components } from "../../contract/generated/companions.ts";
import type { ExternalAuth } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundVersion } from "./find-template.ts";

/** `GET /templateversions/{templateversion}/external-auth`. */
export function listExternalAuth(_: World, { found }: FoundCall<FoundVersion>): Reply {
  return handled(200, found.version.externalAuth.map(presentExternalAuth));
}

function presentExternalAuth(auth: ExternalAuth): components["schemas"]["TemplateVersionExternalAuth"] {
  return {
    id: auth.id,
    type: auth.type,
    display_name: auth.displayName,
    display_icon: auth.icon,
    // A path, because a world does not know under which address a browser finds it.
    authenticate_url: `/external-auth/${encodeURIComponent(auth.id)}`,
    authenticated: auth.isAuthenticated,
    ...(auth.isOptional ? { optional: true } : {}),
  };
}
