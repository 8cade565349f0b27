import { canReadOrganization } from "../../domain/access.ts";
import { buildParameters } from "../../domain/build-parameters.ts";
import type { TemplateVersion } from "../../domain/directory.ts";
import { asId, type PresetId } from "../../domain/ids.ts";
import { givenValue, parameterComplaints } from "../../domain/parameter-complaints.ts";
import { type BuildParameter, isDeleted, latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { Decoded } from "../decode-fields.ts";
import { importRefusal } from "../import-refusal.ts";
import type { FoundCall } from "../operation.ts";
import type { AskedBuild } from "./read-build-order.ts";

/** What a build is made of. */
export interface Choice {
  readonly templateVersionId: TemplateVersion["id"];
  readonly presetId?: PresetId;
  readonly parameters?: readonly BuildParameter[];
}

/** The template version of the build, or why there can be none on it. */
export function chooseVersion(
  { directory }: World,
  { caller, found: workspace }: FoundCall<Workspace>,
  { versionId }: AskedBuild,
): Decoded<TemplateVersion> {
  if (isDeleted(workspace)) return { ok: false, refusal: { kind: "build-of-deleted" } };
  const id = versionId === "" ? (latestBuild(workspace)?.templateVersionId ?? "") : versionId;
  const found = directory.templateOfVersion(asId(id));
  if (found === undefined || !canReadOrganization(caller, found.template.organizationId)) {
    return { ok: false, refusal: { kind: "template-version-not-found" } };
  }
  const { template, version } = found;
  if (template.id !== workspace.templateId) {
    return { ok: false, refusal: { kind: "version-of-other-template", version: version.name } };
  }
  const refusal = importRefusal(version);
  return refusal === undefined ? { ok: true, value: version } : { ok: false, refusal };
}

/** Preset and parameters of the build on that version, or why it cannot have them. */
export function chooseBuild(
  { directory }: World,
  workspace: Workspace,
  { version, asked }: { readonly version: TemplateVersion; readonly asked: AskedBuild },
): Decoded<Choice> {
  const preset = version.presets.find(({ id }) => id === asked.presetId);
  const last = latestBuild(workspace);
  // Provider: what a preset says goes before what the client says.
  const given = [...asked.parameters, ...(preset?.parameters ?? [])];
  const before = last === undefined ? [] : buildParameters(directory, workspace, last);
  const complaints = parameterComplaints(version.parameters, { given, before });
  if (complaints.length > 0) return { ok: false, refusal: { kind: "bad-parameters", complaints } };
  // Provider: an unknown preset comes out only when the build is stored.
  if (preset === undefined && asked.presetId !== "") {
    return { ok: false, refusal: { kind: "unknown-preset" } };
  }
  const parameters = ofVersion(version, given);
  return {
    ok: true,
    value: {
      templateVersionId: version.id,
      ...(preset === undefined ? {} : { presetId: preset.id }),
      ...(parameters.length === 0 ? {} : { parameters }),
    },
  };
}

/** Those of the given ones that the version has. */
function ofVersion(
  { parameters }: TemplateVersion,
  given: readonly BuildParameter[],
): readonly BuildParameter[] {
  return parameters.flatMap((parameter) => {
    const value = givenValue(parameter, given);
    return value === undefined ? [] : [{ name: parameter.name, value }];
  });
}
