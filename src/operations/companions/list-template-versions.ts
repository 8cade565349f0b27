import type { Template } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { readPage, rowsAfter, rowsOf } from "./page.ts";
import { presentTemplateVersion } from "./present-template-version.ts";
import { readFlag } from "./read-flag.ts";

/** `GET /templates/{template}/versions`: the oldest first, archived ones only when they are asked for. */
export function listTemplateVersions(
  world: World,
  { caller, found: template, query }: FoundCall<Template>,
): Reply {
  const read = readPage(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const wantsArchived = readFlag(query, "include_archived");
  if (!wantsArchived.ok) return refuse(wantsArchived.refusal, world.rules);
  // The sort is stable: of two made at one instant the fixtures' order stands.
  const versions = template.versions.toSorted((one, other) => one.createdAt - other.createdAt);
  const rows = rowsAfter(versions, read.page);
  if (rows === undefined) {
    return refuse({ kind: "unknown-after-id", id: read.page.afterId ?? "" }, world.rules);
  }
  const shown = rowsOf(
    rows.filter(({ archived }) => wantsArchived.value || !archived),
    read.page,
  );
  return handled(
    200,
    shown.map((version) => presentTemplateVersion(world, caller, { template, version })),
  );
}
