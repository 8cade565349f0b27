import type { JsonObject } from "../../contract/json.ts";
import { profiles, revisionOf, revisions } from "../../domain/revision.ts";
import type { WorldSettings } from "../../domain/world-start.ts";
import type { Reply } from "../../operations/reply.ts";
import { badRequest } from "../complain.ts";
import { numberField, textField, wordField } from "../fields.ts";

/** What a body asks of a world's settings; what it does not name stays as it is. A reply for what cannot be meant. */
export function settingsFrom(own: WorldSettings, fields: JsonObject): WorldSettings | Reply {
  const asked = textField(fields, "revision");
  const revision = asked === undefined ? own.revision : revisionOf(asked);
  if (revision === undefined) {
    const detail = `expected a Coder release number such as 2.32, not older than ${revisions[0]}, received ${JSON.stringify(asked)}`;
    return badRequest("There is no such revision of the API.", [{ field: "body/revision", detail }]);
  }
  const seed = textField(fields, "seed") ?? numberField(fields, "seed") ?? own.seed;
  return {
    ...own,
    scenario: textField(fields, "scenario") ?? own.scenario,
    seed: String(seed),
    revision,
    profile: wordField(fields, "profile", profiles) ?? own.profile,
  };
}
