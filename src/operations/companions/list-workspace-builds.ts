import { type Instant, parseInstant } from "../../domain/instant.ts";
import type { Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall, Query } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { readPage, rowsAfter, rowsOf } from "./page.ts";
import { presentWholeBuild } from "./present-whole-build.ts";

/** `GET /workspaces/{workspace}/builds`: the newest first, those made since an instant only when one is given. */
export function listWorkspaceBuilds(world: World, { found: workspace, query }: FoundCall<Workspace>): Reply {
  const read = readPage(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const since = readSince(query);
  if (since === "unreadable") {
    const complaints = [{ field: "since", detail: 'Query param "since" must be an RFC 3339 time' }];
    return refuse({ kind: "bad-query", complaints }, world.rules);
  }
  const builds = workspace.builds.toReversed().filter(({ createdAt }) => createdAt >= (since ?? 0));
  const rows = rowsAfter(builds, read.page);
  if (rows === undefined) {
    return refuse({ kind: "unknown-after-id", id: read.page.afterId ?? "" }, world.rules);
  }
  return handled(
    200,
    rowsOf(rows, read.page).map((build) => presentWholeBuild(world, { workspace, build })),
  );
}

function readSince(query: Query): Instant | undefined | "unreadable" {
  const text = query.find(([name]) => name === "since")?.[1] ?? "";
  return text === "" ? undefined : (parseInstant(text) ?? "unreadable");
}
