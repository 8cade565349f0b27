import type { components } from "../../contract/generated/admin.ts";
import { formatInstant } from "../../domain/instant.ts";
import { mostSnapshots, type Snapshot } from "../../engine/worlds/snapshots.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";
import { handled, type Reply, refused } from "../../operations/reply.ts";
import { didYouMean } from "../../scenarios/nearest-name.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { badRequest, conflict, notFound } from "../complain.ts";
import { flagField, textField } from "../fields.ts";
import { worldSummary } from "../worlds/world-summary.ts";

type Schemas = components["schemas"];

/** `GET /snapshots/diff` would hide a snapshot of this name. */
const reservedName = "diff";

/** `POST /snapshots`: the contract has checked the form of the name. */
export function takeSnapshot({ host }: AdminContext, { fields }: AdminCall): Reply {
  const name = textField(fields, "name") ?? "";
  const obstacle = obstacleTo(host, name, flagField(fields, "replace") ?? false);
  if (obstacle !== undefined) return obstacle;
  const { world } = host;
  const snapshot: Snapshot = {
    name,
    takenAt: world.now,
    start: world.capture(),
    settings: world.settings,
    clock: world.clock.setting,
  };
  host.snapshots.keep(snapshot);
  return handled(201, presentSnapshot(snapshot));
}

function obstacleTo({ snapshots }: WorldHost, name: string, replace: boolean): Reply | undefined {
  if (name === reservedName) {
    const detail = `expected any other name, since GET /__admin/snapshots/${reservedName} compares snapshots, received "${name}"`;
    return badRequest(`A snapshot cannot be named "${reservedName}".`, [{ field: "body/name", detail }]);
  }
  if (snapshots.get(name) !== undefined) {
    if (replace) return undefined;
    return conflict(
      `There is already a snapshot "${name}".`,
      `Send "replace": true to take it anew, or DELETE /__admin/snapshots/${name} first.`,
    );
  }
  if (!snapshots.isFull) return undefined;
  return refused(429, {
    message: `The world has ${mostSnapshots} snapshots, which is as many as it keeps.`,
    detail: `Make room with DELETE /__admin/snapshots/{name}, or send "replace": true with the name of one that is not needed any more.`,
  });
}

/** `GET /snapshots`: oldest first. */
export function listSnapshots({ host }: AdminContext): Reply {
  const snapshots = host.snapshots.list().map(presentSnapshot);
  return handled(200, { snapshots } satisfies Schemas["SnapshotList"]);
}

/** `GET /snapshots/{name}`. */
export function getSnapshot({ host }: AdminContext, { path }: AdminCall): Reply {
  const name = path["snapshot"] ?? "";
  const snapshot = host.snapshots.get(name);
  return snapshot === undefined ? unknownSnapshot(host, name) : handled(200, presentSnapshot(snapshot));
}

/** `DELETE /snapshots/{name}`. */
export function forgetSnapshot({ host }: AdminContext, { path }: AdminCall): Reply {
  const name = path["snapshot"] ?? "";
  return host.snapshots.forget(name) ? handled(204) : unknownSnapshot(host, name);
}

/** `POST /snapshots/{name}/restore`: a new beginning as by a reset, only that it begins at that moment. */
export function restoreSnapshot({ host }: AdminContext, { path }: AdminCall): Reply {
  const name = path["snapshot"] ?? "";
  const snapshot = host.snapshots.get(name);
  if (snapshot === undefined) return unknownSnapshot(host, name);
  const { start, settings, clock } = snapshot;
  host.restart({ start, settings, clock, cause: "snapshot" });
  return handled(200, worldSummary(host));
}

/** 404 that lists the names that would have done. */
export function unknownSnapshot({ snapshots }: WorldHost, name: string): Reply {
  const known = snapshots.names();
  return notFound(
    `There is no snapshot ${JSON.stringify(name)}.`,
    known.length === 0
      ? "None has been taken in this world: POST /__admin/snapshots takes one."
      : `${didYouMean(name, known)}Known: ${known.join(", ")}.`,
  );
}

function presentSnapshot({ name, takenAt, start, settings, clock }: Snapshot): Schemas["WorldSnapshot"] {
  const { scenario, revision, profile } = settings;
  return {
    name,
    taken_at: formatInstant(takenAt),
    tasks: start.tables.tasks.size,
    scenario,
    revision,
    profile,
    clock,
  };
}
