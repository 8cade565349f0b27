import { buildLog } from "../../domain/build-log.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { buildNow } from "./build-now.ts";
import { followBySocket } from "./follow.ts";
import { isFollowing, newsOfLog } from "./follow-log.ts";
import { presentBuildLogLine } from "./present-log-line.ts";
import type { FoundBuild } from "./present-whole-build.ts";
import { linesIn, readLogRange } from "./read-log-range.ts";

/**
 * `GET /workspacebuilds/{workspacebuild}/logs`: what the provisioner has written by now. With `follow` a WebSocket with a frame
 * for each line, those that are still to come among them; its end means that the build has come to its own.
 */
export function getWorkspaceBuildLogs(world: World, call: FoundCall<FoundBuild>): Reply {
  const { found, query } = call;
  const asked = readLogRange(query);
  if (!asked.ok) return refuse(asked.refusal, world.rules);
  const { range } = asked;
  if (!isFollowing(query)) {
    return handled(200, linesIn(buildLog(found, world).lines, range).map(presentBuildLogLine));
  }
  const read = () => {
    const now = buildNow(world, found);
    return now && buildLog(now, world);
  };
  return followBySocket(
    world,
    call,
    newsOfLog({
      range,
      read,
      present: (lines) => lines.map((line) => JSON.stringify(presentBuildLogLine(line))),
    }),
  );
}
