import { buildLog } from "../../domain/build-log.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { presentBuildLogLine } from "./present-log-line.ts";
import type { FoundBuild } from "./present-whole-build.ts";
import { linesIn, readLogRange } from "./read-log-range.ts";

/** `GET /workspacebuilds/{workspacebuild}/logs`: what the provisioner has written by now. */
export function getWorkspaceBuildLogs(world: World, { found, query }: FoundCall<FoundBuild>): Reply {
  const read = readLogRange(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  return handled(200, linesIn(buildLog(found, world).lines, read.range).map(presentBuildLogLine));
}
