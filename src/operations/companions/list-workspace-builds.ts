import { parseInstant } from "../../domain/instant.ts";
import type { Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { Decoded } from "../decode-fields.ts";
import type { FoundCall } from "../operation.ts";
import { firstOf, type Query } from "../query.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { readPage, rowsAfter, rowsOf } from "./page.ts";
import { presentWholeBuild } from "./present-whole-build.ts";

/** `GET /workspaces/{workspace}/builds`: the newest first, those made since an instant only when one is given. */
export function listWorkspaceBuilds(world: World, { found: workspace, query }: FoundCall<Workspace>): Reply {
  const read = readPage(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const since = readSince(query);
  if (!since.ok) return refuse(since.refusal, world.rules);
  const builds = workspace.builds.toReversed().filter(({ createdAt }) => createdAt >= since.value);
  const rows = rowsAfter(builds, read.page);
  if (rows === undefined) {
    return refuse({ kind: "unknown-after-id", id: read.page.afterId ?? "" }, world.rules);
  }
  return handled(
    200,
    rowsOf(rows, read.page).map((build) => presentWholeBuild(world, { workspace, build })),
  );
}

function readSince(query: Query): Decoded<number> {
  const text = firstOf(query, "since") ?? "";
  const since = text === "" ? Number.NEGATIVE_INFINITY : parseInstant(text);
  if (since !== undefined) return { ok: true, value: since };
  const complaints = [{ field: "since", detail: 'Query param "since" must be an RFC 3339 time' }];
  return { ok: false, refusal: { kind: "bad-query", complaints } };
}
