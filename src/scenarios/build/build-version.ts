import type {
  ExternalAuth,
  ParameterOption,
  Preset,
  TemplateParameter,
  TemplateVersion,
} from "../../domain/directory.ts";
import type { IdSource } from "../../domain/id-source.ts";
import { asId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Moments } from "../moments.ts";
import type {
  ExternalAuthRecord,
  ParameterRecord,
  PresetRecord,
  VersionRecord,
} from "../template-document.ts";

/** What a version takes over from its template. */
interface OfTemplate {
  /** `organization/template`. */
  readonly path: string;
  readonly createdAt: Instant;
  readonly ai: boolean;
}

export function buildVersion(
  record: VersionRecord,
  { path, createdAt, ai }: OfTemplate,
  { ids, moments }: { readonly ids: IdSource; readonly moments: Moments },
): TemplateVersion {
  const versionPath = `${path}/${record.name}`;
  const presets = (record.presets ?? []).map(
    (preset): Preset => ({
      id: asId(preset.id ?? ids.named("preset", `${versionPath}/${preset.name}`)),
      name: preset.name,
      description: preset.description ?? "",
      icon: preset.icon ?? "",
      isDefault: preset.default ?? false,
      parameters: preset.parameters ?? [],
    }),
  );
  return {
    id: asId(record.id ?? ids.named("template-version", versionPath)),
    name: record.name,
    hasAiTask: record.ai ?? ai,
    archived: record.archived ?? false,
    importStatus: record.import ?? "succeeded",
    presets,
    parameters: parametersOf(record),
    externalAuth: (record.external_auth ?? []).map(buildExternalAuth),
    createdAt: moments.or(record.created, createdAt),
  };
}

/** Those that a record spells out, then those that only its presets name. */
function parametersOf({
  parameters = [],
  presets = [],
}: Pick<VersionRecord, "parameters" | "presets">): readonly TemplateParameter[] {
  const stated = parameters.map(buildParameter);
  const known = new Set(stated.map(({ name }) => name));
  const implied = new Map<string, TemplateParameter>();
  for (const { name, value } of defaultFirst(presets).flatMap((preset) => preset.parameters ?? [])) {
    if (known.has(name) || implied.has(name)) continue;
    implied.set(name, buildParameter({ name, default: value }));
  }
  return [...stated, ...implied.values()];
}

function defaultFirst(presets: readonly PresetRecord[]): readonly PresetRecord[] {
  return presets.toSorted((one, other) => Number(other.default ?? false) - Number(one.default ?? false));
}

function buildParameter(record: ParameterRecord): TemplateParameter {
  return {
    name: record.name,
    displayName: record.display_name ?? "",
    description: record.description ?? "",
    type: record.type ?? "string",
    ...(record.default === undefined ? {} : { defaultValue: record.default }),
    isMutable: record.mutable ?? true,
    isEphemeral: record.ephemeral ?? false,
    icon: record.icon ?? "",
    options: (record.options ?? []).map(
      ({ name, value, description = "", icon = "" }): ParameterOption => ({
        name: name ?? value,
        value,
        description,
        icon,
      }),
    ),
  };
}

function buildExternalAuth(record: ExternalAuthRecord): ExternalAuth {
  return {
    id: record.provider,
    type: record.type ?? record.provider,
    displayName: record.display_name ?? record.provider,
    icon: record.icon ?? "",
    isAuthenticated: record.authenticated ?? false,
    isOptional: record.optional ?? false,
  };
}
