import type { World } from "../../domain/world.ts";
import type { UserCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { presentUser } from "./present-user.ts";

/** `GET /users/{user}`. */
export function getUser(_: World, { user }: UserCall): Reply {
  return handled(200, presentUser(user));
}
