import type { components } from "../../contract/generated/companions.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { deploymentId } from "./deployment-id.ts";

/** `GET /regions`: the deployment itself, which needs no proxy. Its address is the one that the client knows it by. */
export function listRegions(world: World, _: CallerCall): Reply {
  const body: components["schemas"]["Regions"] = {
    regions: [
      {
        id: deploymentId(world),
        name: "primary",
        display_name: "Default",
        icon_url: "/emojis/1f3e1.png",
        healthy: true,
        path_app_url: "",
        wildcard_hostname: "",
      },
    ],
  };
  return handled(200, body);
}
