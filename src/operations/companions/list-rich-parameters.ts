import type { components } from "../../contract/generated/companions.ts";
import type { TemplateParameter } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundVersion } from "./find-template.ts";

type Schemas = components["schemas"];

/** `GET /templateversions/{templateversion}/rich-parameters`. They are known once the import is through. */
export function listRichParameters(world: World, { found: { version } }: FoundCall<FoundVersion>): Reply {
  const status = version.importStatus;
  if (status === "pending" || status === "running") {
    return refuse({ kind: "version-unfinished", status }, world.rules);
  }
  return handled(200, version.parameters.map(presentParameter));
}

function presentParameter(parameter: TemplateParameter): Schemas["TemplateVersionParameter"] {
  return {
    name: parameter.name,
    ...(parameter.displayName === "" ? {} : { display_name: parameter.displayName }),
    description: parameter.description,
    description_plaintext: parameter.description,
    type: parameter.type,
    form_type: formType(parameter),
    mutable: parameter.isMutable,
    default_value: parameter.defaultValue ?? "",
    icon: parameter.icon,
    options: parameter.options,
    required: parameter.defaultValue === undefined,
    ephemeral: parameter.isEphemeral,
  };
}

/** What a form shows for a parameter that asks for nothing else. */
function formType({ type, options }: TemplateParameter): Schemas["TemplateVersionParameter"]["form_type"] {
  if (options.length > 0) return "radio";
  switch (type) {
    case "string":
    case "number":
      return "input";
    case "bool":
      return "checkbox";
    case "list(string)":
      return "tag-select";
  }
}
