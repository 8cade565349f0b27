import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundVersion } from "./find-template.ts";
import { presentTemplateVersion } from "./present-template-version.ts";

/** `GET /templateversions/{templateversion}`, and the same by names below an organization. */
export function getTemplateVersion(world: World, { caller, found }: FoundCall<FoundVersion>): Reply {
  return handled(200, presentTemplateVersion(world, caller, found));
}
