import type { Instant } from "../../domain/instant.ts";
import type { Workspace } from "../../domain/workspace.ts";

/** When a workspace was last used: nobody connects to one here, so all its use is what changes it. */
export function lastUsedAt({ updatedAt }: Workspace): Instant {
  return updatedAt;
}
