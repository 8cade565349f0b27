import type { operations } from "../../contract/generated/companions.ts";
import type { World } from "../../domain/world.ts";
import { forAnybody, forUser, type Operation } from "../operation.ts";
import { getBuildInfo } from "./get-build-info.ts";
import { getUser } from "./get-user.ts";

/** Every operation id of the companions' document. One that it gains breaks the type check until it is decided on. */
export type CompanionId = keyof operations;

/** What clients call beside the operations on tasks. */
export function createCompanionOperations(): Readonly<Record<CompanionId, Operation<World>>> {
  return {
    "get-build-info": forAnybody(getBuildInfo),
    "get-user": forUser(getUser),
  };
}
