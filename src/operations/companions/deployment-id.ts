import type { World } from "../../domain/world.ts";

/** The id of the deployment that a world is, and of its only region. */
export function deploymentId({ ids, settings }: World): string {
  return ids.named("deployment", settings.seed);
}
