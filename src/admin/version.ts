import type { components } from "../contract/generated/admin.ts";
import { profiles, revisions } from "../domain/revision.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";

/** `GET /version`. */
export function getVersion({ server }: AdminContext): Reply {
  const body: components["schemas"]["Version"] = {
    name: "coder-tasks-mock",
    version: server.version,
    revisions,
    profiles,
    specs: server.specs,
  };
  return handled(200, body);
}
