import type { JsonObject } from "../contract/json.ts";
import { profiles, revisionOf, revisions } from "../domain/revision.ts";
import type { WorldSettings, WorldStart } from "../domain/world-start.ts";
import { handled, type Reply } from "../operations/reply.ts";
import { ScenarioError } from "../scenarios/scenario-source.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest } from "./complain.ts";
import { numberField, textField, wordField } from "./fields.ts";
import { unknownScenario } from "./scenarios.ts";
import { badScenario } from "./state.ts";
import { worldSummary } from "./world-summary.ts";

/** `POST /reset`: what the body does not name is as the mock was started with, whatever an earlier reset named. */
export async function resetWorld(context: AdminContext, { fields }: AdminCall): Promise<Reply> {
  const { host, library } = context;
  const settings = settingsFrom(host.options.settings, fields);
  if (settings === undefined) {
    const detail = `expected a Coder release number such as 2.32, not older than ${revisions[0]}, received ${JSON.stringify(fields["revision"])}`;
    return badRequest("There is no such revision of the API.", [{ field: "body/revision", detail }]);
  }
  try {
    const start = await startOf(context, settings);
    if (start === undefined) return unknownScenario(settings.scenario, library.names());
    host.restart({ start, settings, clock: host.options.clock, cause: "reset" });
    return handled(200, worldSummary(host));
  } catch (error) {
    if (error instanceof ScenarioError) return badScenario(error);
    throw error;
  }
}

/** A world that was made from a state goes back to it, unless another scenario or seed is asked for. */
function startOf(
  { host, startFor }: AdminContext,
  { scenario, seed }: WorldSettings,
): Promise<WorldStart | undefined> {
  const { origin, settings: own, clock, startsAt } = host.options;
  const isOwn = scenario === own.scenario && seed === own.seed;
  return origin !== undefined && isOwn
    ? Promise.resolve(origin)
    : startFor({ scenario, seed, clock, startsAt });
}

function settingsFrom(own: WorldSettings, fields: JsonObject): WorldSettings | undefined {
  const asked = textField(fields, "revision");
  const revision = asked === undefined ? own.revision : revisionOf(asked);
  if (revision === undefined) return undefined;
  const seed = textField(fields, "seed") ?? numberField(fields, "seed") ?? own.seed;
  return {
    ...own,
    scenario: textField(fields, "scenario") ?? own.scenario,
    seed: String(seed),
    revision,
    profile: wordField(fields, "profile", profiles) ?? own.profile,
  };
}
