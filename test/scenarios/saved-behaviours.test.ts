import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import type { Behaviour } from "../../src/domain/behaviour.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { exportBehaviour, exportScripts } from "../../src/scenarios/export/export-behaviour.ts";
import { anyBehaviour } from "../domain/any-behaviour.ts";
import { assets } from "../support/assets.ts";

/** Two scripts of one name would be one script. */
function renamed({ script, ...rest }: Behaviour, name: string): Behaviour {
  return { ...rest, script: script && { ...script, name } };
}

/** Without the functions of compiled patterns. */
function asData(behaviour: Behaviour | undefined): JsonValue {
  return JSON.parse(JSON.stringify(behaviour));
}

it("whatever behaviour a template and its task have, what is saved of them starts as the same", async () => {
  await fc.assert(
    fc.asyncProperty(anyBehaviour, anyBehaviour, fc.boolean(), async (one, other, isShared) => {
      const ofTemplate = renamed(one, "one");
      const ofTask = isShared ? { ...other, script: ofTemplate.script } : renamed(other, "other");
      const document: JsonValue = JSON.parse(
        JSON.stringify({
          scripts: exportScripts([ofTemplate, ofTask]),
          templates: [{ name: "t", organization: "harbor", behaviour: exportBehaviour(ofTemplate) }],
          tasks: [
            { name: "a", owner: "olga", template: "t", behaviour: exportBehaviour(ofTask, ofTemplate) },
          ],
        }),
      );
      const source = { name: "saved", file: "saved.json", document, locate: () => undefined };
      const { tables } = await buildStart(source, assets.library.fixtures, { seed: "1" });
      const [template] = [...tables.templates.values()];
      const [workspace] = [...tables.workspaces.values()];
      expect(asData(template?.behaviour)).toEqual(asData(ofTemplate));
      expect(asData(workspace?.behaviour)).toEqual(asData(ofTask));
    }),
  );
});
