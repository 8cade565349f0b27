import type { components } from "../../contract/generated/companions.ts";
import type { World } from "../../domain/world.ts";
import { handled, type Reply } from "../reply.ts";
import { deploymentId } from "./deployment-id.ts";

/** `GET /buildinfo`: the release that the world's revision is taken from. Clients compare their own version with it. */
export function getBuildInfo(world: World): Reply {
  const version = `v${world.settings.revision}.0`;
  const body: components["schemas"]["BuildInfo"] = {
    version,
    external_url: `https://github.com/coder/coder/releases/tag/${version}`,
    dashboard_url: "",
    telemetry: false,
    workspace_proxy: false,
    agent_api_version: "1.0",
    provisioner_api_version: "1.0",
    upgrade_message: "",
    deployment_id: deploymentId(world),
  };
  return handled(200, body);
}
