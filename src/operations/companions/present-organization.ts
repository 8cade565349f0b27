import type { components } from "../../contract/generated/companions.ts";
import type { Organization } from "../../domain/directory.ts";
import { formatInstant } from "../../domain/instant.ts";

/** An organization as the organizations' operations show one. */
export function presentOrganization(organization: Organization): components["schemas"]["Organization"] {
  const createdAt = formatInstant(organization.createdAt);
  return {
    id: organization.id,
    name: organization.name,
    display_name: organization.displayName,
    description: organization.description,
    icon: organization.icon,
    is_default: organization.isDefault,
    created_at: createdAt,
    updated_at: createdAt,
  };
}
