import type { components } from "../../contract/generated/companions.ts";
import type { Preset } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundVersion } from "./find-template.ts";

/** `GET /templateversions/{templateversion}/presets`. */
export function listPresets(_: World, { found }: FoundCall<FoundVersion>): Reply {
  const { presets } = found.version;
  return presets.length === 0 ? noPresets : handled(200, presets.map(presentPreset));
}

/** Provider: without presets there is no list. Clients have to bear with that, so it is shown to them. */
const noPresets: Reply = {
  outcome: "handled",
  status: 200,
  text: { mediaType: "application/json", text: "null\n", scalar: null },
};

/** Provider: the only keys of the whole API that begin with capitals. */
function presentPreset(preset: Preset): components["schemas"]["Preset"] {
  return {
    ID: preset.id,
    Name: preset.name,
    Parameters: preset.parameters.map(({ name, value }) => ({ Name: name, Value: value })),
    Default: preset.isDefault,
    DesiredPrebuildInstances: null,
    Description: preset.description,
    Icon: preset.icon,
  };
}
