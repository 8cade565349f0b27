import type { components } from "../contract/generated/admin.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";

/** `GET /health`: 200 only while requests are served. */
export function getHealth({ host, server }: AdminContext): Reply {
  const { revision, profile, scenario } = host.world.settings;
  const status = server.state();
  const body: components["schemas"]["Health"] = {
    status,
    version: server.version,
    revision,
    profile,
    scenario,
    uptime_ms: server.uptimeMs(),
  };
  return status === "ready" ? handled(200, body) : { outcome: "refused", status: 503, body };
}
