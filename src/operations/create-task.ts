import { canCreateFor, canReadOrganization, isMember } from "../domain/access.ts";
import { byteLength } from "../domain/byte-length.ts";
import { chooseNames, createTask } from "../domain/create-task.ts";
import type { Preset, Template, TemplateVersion } from "../domain/directory.ts";
import { asId, zeroUuid } from "../domain/ids.ts";
import { parameterComplaints } from "../domain/parameter-complaints.ts";
import type { Refusal } from "../domain/refusal.ts";
import { nameComplaint } from "../domain/task-name.ts";
import type { World } from "../domain/world.ts";
import { decodeFields } from "./decode-fields.ts";
import { importRefusal } from "./import-refusal.ts";
import type { UserCall } from "./operation.ts";
import type { TaskPresenter } from "./present-task.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

interface Order {
  readonly versionId: string;
  readonly presetId: string;
  readonly prompt: string;
  readonly name: string;
  readonly displayName: string;
}

const orderFields = [
  ["template_version_id", "uuid"],
  ["template_version_preset_id", "uuid"],
  ["input", "string"],
  ["name", "string"],
  ["display_name", "string"],
] as const;

/** `POST /tasks/{user}`. The prompt is not checked: an empty or absent one makes a task all the same. */
export function createCreateTask(present: TaskPresenter): (world: World, call: UserCall) => Reply {
  return (world, call) => {
    const fields = decodeFields(call.body, orderFields);
    if (!fields.ok) return refuse(fields.refusal, world.rules);
    const order: Order = {
      versionId: fields.value("template_version_id"),
      presetId: fields.value("template_version_preset_id"),
      prompt: fields.value("input"),
      name: fields.value("name"),
      displayName: fields.value("display_name").trim(),
    };
    const checked = checkOrder(world, call, order);
    if ("kind" in checked) return refuse(checked, world.rules);
    const { name, displayName, prompt } = order;
    const names = chooseNames(world, { name, displayName, prompt, owner: call.user });
    if (names === undefined) return refuse({ kind: "name-taken", name: order.name }, world.rules);
    const buildable = checkBuildable(checked.version, order.presetId);
    if ("kind" in buildable) return refuse(buildable, world.rules);
    const created = createTask(world, {
      owner: call.user,
      initiator: call.caller,
      template: checked.template,
      version: checked.version,
      preset: buildable.preset,
      prompt: order.prompt,
      name: names.name,
      displayName: names.displayName,
    });
    return handled(201, present.fresh(world, created));
  };
}

interface Checked {
  readonly template: Template;
  readonly version: TemplateVersion;
}

/** The provider's checks in its order, up to the name's uniqueness. */
function checkOrder(world: World, call: UserCall, order: Order): Checked | Refusal {
  const found = world.directory.templateOfVersion(asId(order.versionId));
  if (found === undefined || !canReadOrganization(call.caller, found.template.organizationId)) {
    return { kind: "template-version-not-found" };
  }
  const { template, version } = found;
  if (!version.hasAiTask) return { kind: "no-ai-task", version: version.name };
  const complaint = order.name === "" ? undefined : nameComplaint(order.name);
  if (complaint !== undefined) return { kind: "bad-name", complaint };
  if (byteLength(order.displayName) > longestDisplayName) return { kind: "display-name-too-long" };
  if (!isMember(call.user, template.organizationId) || template.deleted) return { kind: "not-found" };
  if (!canCreateFor(call.caller, call.user, template.organizationId)) return { kind: "template-forbidden" };
  if (template.deprecated !== "") return { kind: "template-deprecated", why: template.deprecated };
  return version.archived ? { kind: "template-version-archived" } : found;
}

const longestDisplayName = 64;

/** What the provider finds out only when it makes the build, after the name has been found free. */
function checkBuildable(
  version: TemplateVersion,
  presetId: string,
): { readonly preset: Preset | undefined } | Refusal {
  const refusal = importRefusal(version);
  if (refusal !== undefined) return refusal;
  const preset = version.presets.find((candidate) => candidate.id === presetId);
  const complaints = parameterComplaints(version.parameters, { given: preset?.parameters ?? [], before: [] });
  if (complaints.length > 0) return { kind: "bad-parameters", complaints };
  const isAsked = presetId !== "" && presetId !== zeroUuid;
  return isAsked && preset === undefined ? { kind: "unknown-preset" } : { preset };
}
