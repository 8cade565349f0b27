import type { Template } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { templatePresenter } from "./present-template.ts";

/** `GET /templates/{template}`, and the same by name below an organization. */
export function getTemplate(world: World, { caller, found }: FoundCall<Template>): Reply {
  return handled(200, templatePresenter(world, caller)(found));
}
