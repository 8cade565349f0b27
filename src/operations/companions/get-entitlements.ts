import type { components } from "../../contract/generated/companions.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";

type Schemas = components["schemas"];

/** Clients look each of them up without asking whether it is there. */
const features = [
  "access_control",
  "advanced_template_scheduling",
  "aibridge",
  "appearance",
  "audit_log",
  "boundary",
  "browser_only",
  "connection_log",
  "control_shared_ports",
  "custom_roles",
  "external_provisioner_daemons",
  "external_token_encryption",
  "high_availability",
  "managed_agent_limit",
  "multiple_external_auth",
  "multiple_organizations",
  "scim",
  "template_rbac",
  "user_limit",
  "user_role_management",
  "workspace_external_agent",
  "workspace_prebuilds",
  "workspace_proxy",
] as const;

/** `GET /entitlements`: no licence, unless the world has what only a licence brings: more than one organization. */
export function getEntitlements(world: World, _: CallerCall): Reply {
  const licensed = world.directory.organizations.size > 1;
  const entries = features.map((name): [string, Schemas["Feature"]] => {
    const enabled = licensed && name === "multiple_organizations";
    return [name, { entitlement: enabled ? "entitled" : "not_entitled", enabled }];
  });
  const body: Schemas["Entitlements"] = {
    features: Object.fromEntries(entries),
    warnings: [],
    errors: [],
    has_license: licensed,
    trial: false,
    require_telemetry: false,
    refreshed_at: formatInstant(world.start.startsAt),
  };
  return handled(200, body);
}
