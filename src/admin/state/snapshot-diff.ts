import type { components } from "../../contract/generated/admin.ts";
import { isJsonObject } from "../../contract/json.ts";
import { Clock, type ClockSetting } from "../../domain/clock.ts";
import { formatInstant } from "../../domain/instant.ts";
import { World } from "../../domain/world.ts";
import { firstOf } from "../../operations/query.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { presentChange } from "./present-change.ts";
import { unknownSnapshot } from "./snapshots.ts";
import { type RecordChange, type StateView, stateChanges } from "./state-changes.ts";

type Schemas = components["schemas"];

/** Changes that are listed; more are counted. */
const mostChanges = 1_000;

/** `GET /snapshots/diff`: what changed from one snapshot to another, or to the world as it is now. */
export function diffSnapshots(context: AdminContext, { query }: AdminCall): Reply {
  const { host } = context;
  const [fromName = "", toName] = [firstOf(query, "from"), firstOf(query, "to")];
  const from = snapshotSide(context, fromName);
  if (from === undefined) return unknownSnapshot(host, fromName);
  const to =
    toName === undefined
      ? { world: host.world, clock: host.world.clock.setting }
      : snapshotSide(context, toName);
  if (to === undefined) return unknownSnapshot(host, toName ?? "");
  const changes = stateChanges(viewOf(context, from), viewOf(context, to));
  const listed = changes.slice(0, mostChanges);
  const body: Schemas["StateDiff"] = {
    from: presentSide(from),
    to: presentSide(to),
    changes: listed.map(presentChange),
    counts: countsOf(changes),
    omitted: changes.length - listed.length,
  };
  return handled(200, body);
}

/** A state that is compared. */
interface Side {
  /** Absent: the world as it is now. */
  readonly name?: string;
  readonly world: World;
  readonly clock: ClockSetting;
}

/** A snapshot brought to life for a look, in which no time goes by. */
function snapshotSide({ host }: AdminContext, name: string): Side | undefined {
  const snapshot = host.snapshots.get(name);
  if (snapshot === undefined) return undefined;
  const { start, settings, clock } = snapshot;
  const still = new Clock(() => 0, start.startsAt, { mode: "manual", speed: 1 });
  return { name, world: new World(start, settings, still), clock };
}

function viewOf({ exportScenario }: AdminContext, { world, clock }: Side): StateView {
  const document = exportScenario(world);
  const { scenario, seed, revision, profile } = world.settings;
  return {
    document: isJsonObject(document) ? document : {},
    settings: { scenario, seed, revision, profile },
    clock: { now: formatInstant(world.now), mode: clock.mode, speed: clock.speed },
  };
}

function presentSide({ name, world }: Side): Schemas["DiffSide"] {
  return {
    ...(name === undefined ? {} : { name }),
    taken_at: formatInstant(world.now),
    tasks: world.tables.tasks.size,
  };
}

function countsOf(changes: readonly RecordChange[]): Schemas["StateDiff"]["counts"] {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of changes) counts[change] += 1;
  return counts;
}
