import type { User } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";

/** Who made the templates. No world knows that, so it is the first of the deployment's owners, else whoever asks. */
export function templateAuthor(world: World, caller: User): User {
  for (const user of world.directory.users.values()) {
    if (user.roles.includes("owner")) return user;
  }
  return caller;
}
