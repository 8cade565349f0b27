import { isJsonArray, isJsonObject, type JsonValue } from "../../contract/json.ts";
import type { FieldComplaint } from "../../domain/field-complaint.ts";
import { zeroUuid } from "../../domain/ids.ts";
import type { RevisionRules } from "../../domain/revision.ts";
import {
  type BuildParameter,
  type BuildReason,
  type Transition,
  transitions,
} from "../../domain/workspace.ts";
import { type Decoded, decodeFields, fieldOf, kindOf, objectOf } from "../decode-fields.ts";
import type { Input } from "../operation.ts";

/** What a client asks for when it makes a build. */
export interface AskedBuild {
  readonly transition: Transition;
  /** Empty ids: as in the build before. */
  readonly versionId: string;
  readonly presetId: string;
  readonly reason: BuildReason;
  readonly parameters: readonly BuildParameter[];
}

const fields = [
  ["transition", "string"],
  ["template_version_id", "uuid"],
  ["template_version_preset_id", "uuid"],
  ["reason", "string"],
] as const;

/** Reasons that clients may give where the release knows them; the others are the service's own. */
const askableReasons = [
  "dashboard",
  "cli",
  "ssh_connection",
  "vscode_connection",
  "jetbrains_connection",
  "task_manual_pause",
] as const satisfies readonly BuildReason[];

/** The order in a body. What cannot be read comes before what is read and wrong. */
export function readBuildOrder({ body }: Pick<Input, "body">, rules: RevisionRules): Decoded<AskedBuild> {
  const read = decodeFields(body, fields);
  if (!read.ok) return read;
  const parameters = readParameters(body);
  if (!parameters.ok) return parameters;
  const transition = transitions.find((one) => one === read.value("transition"));
  const reasonText = read.value("reason");
  const knownReasons = askableReasons.filter((one) => rules.unknownReasons[one] === undefined);
  const reason = reasonText === "" ? "initiator" : knownReasons.find((one) => one === reasonText);
  if (transition === undefined || reason === undefined) {
    const complaints = [
      ...(transition === undefined ? [notOneOf("transition", read.value("transition"), transitions)] : []),
      ...(reason === undefined ? [notOneOf("reason", reasonText, knownReasons)] : []),
    ];
    return { ok: false, refusal: { kind: "bad-fields", complaints } };
  }
  const id = (field: "template_version_id" | "template_version_preset_id") =>
    read.value(field) === zeroUuid ? "" : read.value(field);
  return {
    ok: true,
    value: {
      transition,
      reason,
      versionId: id("template_version_id"),
      presetId: id("template_version_preset_id"),
      parameters: parameters.value,
    },
  };
}

function notOneOf(field: string, text: string, known: readonly string[]): FieldComplaint {
  return { field, detail: `${JSON.stringify(text)} is none of ${known.join(", ")}` };
}

function readParameters(body: Input["body"]): Decoded<readonly BuildParameter[]> {
  const object = objectOf(body);
  if (!object.ok) return object;
  const list = fieldOf(object.value, "rich_parameter_values") ?? [];
  if (!isJsonArray(list)) return mistyped("rich_parameter_values", list);
  const parameters: BuildParameter[] = [];
  for (const entry of list) {
    if (!isJsonObject(entry)) return mistyped("rich_parameter_values", entry);
    const name = fieldOf(entry, "name") ?? "";
    const value = fieldOf(entry, "value") ?? "";
    if (typeof name !== "string") return mistyped("rich_parameter_values.name", name);
    if (typeof value !== "string") return mistyped("rich_parameter_values.value", value);
    parameters.push({ name, value });
  }
  return { ok: true, value: parameters };
}

function mistyped(field: string, value: JsonValue): Decoded<never> {
  const detail = `cannot unmarshal ${kindOf(value)} into field ${field}`;
  return { ok: false, refusal: { kind: "body-unreadable", detail } };
}
