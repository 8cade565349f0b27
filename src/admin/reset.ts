import type { WorldSettings, WorldStart } from "../domain/world-start.ts";
import { handled, type Reply } from "../operations/reply.ts";
import { ScenarioError } from "../scenarios/scenario-source.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { unknownScenario } from "./scenarios.ts";
import { badScenario } from "./state/state.ts";
import { settingsFrom } from "./worlds/world-settings.ts";
import { worldSummary } from "./worlds/world-summary.ts";

/** `POST /reset`: what the body does not name is as the world was made with, whatever an earlier reset named. */
export async function resetWorld(context: AdminContext, { fields }: AdminCall): Promise<Reply> {
  const { host, library } = context;
  const settings = settingsFrom(host.options.settings, fields);
  if ("status" in settings) return settings;
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
