import type { components } from "../../contract/generated/admin.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";

/** A world as it has just begun. */
export function worldSummary({ world, epoch }: WorldHost): components["schemas"]["WorldSummary"] {
  const { scenario, seed, revision, profile } = world.settings;
  return { scenario, seed, revision, profile, now: formatInstant(world.now), epoch };
}
