import { agentLog } from "../../domain/agent-log.ts";
import { agentOfBuild } from "../../domain/agent-of-build.ts";
import type { Instant } from "../../domain/instant.ts";
import { isDeleted, latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import type { News, Reply } from "../reply.ts";
import { followByEvents, followBySocket } from "./follow.ts";
import { presentWorkspace } from "./present-workspace.ts";

/** `GET /workspaces/{workspace}/watch`: the workspace at once, and again whenever it has changed, until it is deleted. */
export function watchWorkspace(world: World, { found }: FoundCall<Workspace>): Reply {
  return followByEvents(
    world,
    newsOf(world, found, (data) => `event: data\ndata: ${data}\n\n`),
  );
}

/** `GET /workspaces/{workspace}/watch-ws`: its twin. A frame names its kind, as an event does. */
export function watchWorkspaceBySocket(world: World, call: FoundCall<Workspace>): Reply {
  return followBySocket(
    world,
    call,
    newsOf(world, call.found, (data) => `{"type":"data","data":${data}}`),
  );
}

function newsOf(world: World, { id }: Workspace, wrapped: (data: string) => string): () => News {
  let last: string | undefined;
  return () => {
    const workspace = world.workspaceOrDeparted(id);
    if (workspace === undefined) return { texts: [], isOver: true };
    const data = JSON.stringify(presentWorkspace(world, workspace));
    const texts = data === last ? [] : [wrapped(data)];
    last = data;
    return { texts, isOver: isDeleted(workspace), next: nextLine(world, workspace) };
  };
}

/** A workspace shows how much its agent has written: the one thing about it that changes by time alone. */
function nextLine(world: World, workspace: Workspace): Instant | undefined {
  const build = latestBuild(workspace);
  const agent = build && agentOfBuild(workspace, build);
  return build && agent && agentLog({ workspace, build, agent }, world).next;
}
