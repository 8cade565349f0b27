import { canReadOrganization } from "../../domain/access.ts";
import { buildParameters } from "../../domain/build-parameters.ts";
import type { TemplateParameter, TemplateVersion } from "../../domain/directory.ts";
import { asId, type PresetId } from "../../domain/ids.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type BuildParameter, isDeleted, latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { importRefusal } from "../import-refusal.ts";
import type { FoundCall } from "../operation.ts";
import type { AskedBuild } from "./read-build-order.ts";

/** What a build is made of. */
export interface Choice {
  readonly templateVersionId: TemplateVersion["id"];
  readonly presetId?: PresetId;
  readonly parameters?: readonly BuildParameter[];
}

/** Version, preset and parameters of the build, or why it cannot have them. */
export function chooseBuild(world: World, call: FoundCall<Workspace>, asked: AskedBuild): Choice | Refusal {
  const { found: workspace } = call;
  if (isDeleted(workspace)) return { kind: "build-of-deleted" };
  const version = versionFor(world, call, asked);
  if ("kind" in version) return version;
  const preset = version.presets.find(({ id }) => id === asked.presetId);
  if (preset === undefined && asked.presetId !== "") return { kind: "unknown-preset" };
  const parameters = chooseParameters(world, workspace, {
    version,
    // Provider: what a preset says goes before what the client says.
    given: [...asked.parameters, ...(preset?.parameters ?? [])],
  });
  if ("kind" in parameters) return parameters;
  return {
    templateVersionId: version.id,
    ...(preset === undefined ? {} : { presetId: preset.id }),
    ...(parameters.length === 0 ? {} : { parameters }),
  };
}

/** Those of the given ones that the version has. */
function chooseParameters(
  { directory }: World,
  workspace: Workspace,
  wish: { readonly version: TemplateVersion; readonly given: readonly BuildParameter[] },
): readonly BuildParameter[] | Refusal {
  const last = latestBuild(workspace);
  const before = last === undefined ? [] : buildParameters(directory, workspace, last);
  const parameters: BuildParameter[] = [];
  for (const parameter of wish.version.parameters) {
    const { name } = parameter;
    const value = wish.given.findLast((one) => one.name === name)?.value;
    if (value === undefined) continue;
    const why = complaintAbout(parameter, value, before);
    if (why !== undefined) return { kind: "bad-parameter", name, why };
    parameters.push({ name, value });
  }
  return parameters;
}

function versionFor(
  { directory }: World,
  { caller, found: workspace }: FoundCall<Workspace>,
  { versionId }: AskedBuild,
): TemplateVersion | Refusal {
  const id = versionId === "" ? (latestBuild(workspace)?.templateVersionId ?? "") : versionId;
  const found = directory.templateOfVersion(asId(id));
  if (found === undefined || !canReadOrganization(caller, found.template.organizationId)) {
    return { kind: "template-version-not-found" };
  }
  const { template, version } = found;
  if (template.id !== workspace.templateId)
    return { kind: "version-of-other-template", version: version.name };
  return importRefusal(version) ?? version;
}

function complaintAbout(
  { name, isMutable, options }: TemplateParameter,
  value: string,
  before: readonly BuildParameter[],
): string | undefined {
  const known = before.find((one) => one.name === name);
  if (!isMutable && known !== undefined && known.value !== value) {
    return "it is not mutable, so it keeps the value that the workspace was made with";
  }
  const values = options.map((option) => option.value);
  return values.length === 0 || values.includes(value)
    ? undefined
    : `its value must be one of ${values.map((one) => JSON.stringify(one)).join(", ")}`;
}
