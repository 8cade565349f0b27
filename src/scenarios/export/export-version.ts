import type { ExternalAuth, TemplateParameter, TemplateVersion } from "../../domain/directory.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { ExternalAuthRecord, ParameterRecord, VersionRecord } from "../template-document.ts";

/** A version with all that can be said of it. Parameters that its presets implied are spelled out, too. */
export function exportVersion(version: TemplateVersion): VersionRecord {
  return {
    name: version.name,
    id: version.id,
    ai: version.hasAiTask,
    archived: version.archived,
    import: version.importStatus,
    presets: version.presets.map(({ isDefault, ...preset }) => ({ ...preset, default: isDefault })),
    parameters: version.parameters.map(exportParameter),
    external_auth: version.externalAuth.map(exportExternalAuth),
    created: formatInstant(version.createdAt),
  };
}

function exportParameter(parameter: TemplateParameter): ParameterRecord {
  return {
    name: parameter.name,
    display_name: parameter.displayName,
    description: parameter.description,
    type: parameter.type,
    ...(parameter.defaultValue === undefined ? {} : { default: parameter.defaultValue }),
    mutable: parameter.isMutable,
    ephemeral: parameter.isEphemeral,
    icon: parameter.icon,
    options: parameter.options,
  };
}

function exportExternalAuth(auth: ExternalAuth): ExternalAuthRecord {
  return {
    provider: auth.id,
    type: auth.type,
    display_name: auth.displayName,
    icon: auth.icon,
    authenticated: auth.isAuthenticated,
    optional: auth.isOptional,
  };
}
