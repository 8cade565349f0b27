import type { components } from "../../contract/generated/companions.ts";
import { isAllowed } from "../../domain/authorize.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";

export const docsUrl = "https://coder.com/docs";

/** `GET /deployment/config`: the settings that clients read, with the values that the mock acts by. */
export function getDeploymentConfig(world: World, { caller }: CallerCall): Reply {
  if (!isAllowed(caller, "read", { type: "deployment_config" })) {
    return refuse({ kind: "forbidden" }, world.rules);
  }
  const body: components["schemas"]["DeploymentConfig"] = {
    config: {
      allow_workspace_renames: false,
      disable_path_apps: false,
      docs_url: docsUrl,
      experiments: [],
      hide_ai_tasks: false,
      telemetry: { enable: false },
      web_terminal_renderer: "canvas",
    },
    options: [],
  };
  return handled(200, body);
}
