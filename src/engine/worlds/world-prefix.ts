import type { WorldHost } from "./world-host.ts";

/** What paths begin with that mean a world; empty for the default world, which needs none. */
export function worldPrefix({ id, world }: Pick<WorldHost, "id" | "world">): string {
  return world.settings.worldId === undefined ? "" : `/w/${id}`;
}
