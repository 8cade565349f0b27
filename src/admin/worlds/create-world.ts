import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { type ClockSetting, clockModes } from "../../domain/clock.ts";
import { parseDuration } from "../../domain/duration.ts";
import { type Instant, parseInstant } from "../../domain/instant.ts";
import type { WorldSettings, WorldStart } from "../../domain/world-start.ts";
import type { WorldOptions } from "../../engine/worlds/world-options.ts";
import { handled, type Reply, refused } from "../../operations/reply.ts";
import { ScenarioError } from "../../scenarios/scenario-source.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { badRequest, conflict } from "../complain.ts";
import { numberField, textField, wordField } from "../fields.ts";
import { unknownScenario } from "../scenarios.ts";
import { badScenario } from "../state/state.ts";
import { settingsFrom } from "./world-settings.ts";
import { presentWorld } from "./worlds.ts";

/** What a world that was made from a document is said to have begun as. */
const stateName = "state";

/** What a body orders: a world's id and options, and what it is to start from. */
interface Order {
  /** Undefined: the mock makes one up. */
  readonly id: string | undefined;
  readonly options: WorldOptions;
  /** The document that it starts from; undefined: its scenario. */
  readonly state: JsonObject | undefined;
}

/** `POST /worlds`: what the body does not name is as the mock was started with. */
export async function createWorld(context: AdminContext, call: AdminCall): Promise<Reply> {
  const order = readOrder(context, call.fields);
  if ("status" in order) return order;
  const { options } = order;
  try {
    const start = await startOf(context, order);
    if (start === undefined) return unknownScenario(options.settings.scenario, context.library.names());
    // Looked at behind the wait, in which another call may have taken the id or the last room.
    const obstacle = obstacleTo(context, order.id);
    if (obstacle !== undefined) return obstacle;
    // Not before: a refusal that took a number would show in the ids and tokens of later worlds.
    const id = order.id ?? context.worlds.nextId();
    const settings = { ...options.settings, worldId: id };
    const origin = order.state === undefined ? {} : { origin: start };
    const host = context.openWorld(id, { ...options, settings, ...origin }, start);
    return handled(201, presentWorld(host, call.baseUrl));
  } catch (error) {
    if (error instanceof ScenarioError) return badScenario(error);
    throw error;
  }
}

function obstacleTo({ worlds }: AdminContext, id: string | undefined): Reply | undefined {
  if (id !== undefined && worlds.get(id) !== undefined) {
    return conflict(
      `There is already a world ${JSON.stringify(id)}.`,
      "Choose another id, leave it out to get one, or DELETE /__admin/worlds/{id} first.",
    );
  }
  if (id !== undefined && !worlds.isFree(id)) {
    return conflict(
      `The tokens of a world ${JSON.stringify(id)} could be taken for another's.`,
      "Choose another id: this one and that of a world that is there have the same digits in front of their tokens.",
    );
  }
  if (!worlds.isFull) return undefined;
  return refused(429, {
    message: `The mock has ${worlds.limit} ${worlds.limit === 1 ? "world" : "worlds"} beside the default one, which is as many as it keeps.`,
    detail:
      "Make room with DELETE /__admin/worlds/{id}, let them go sooner with --world-ttl, or start the mock with a higher --max-worlds.",
  });
}

function readOrder(context: AdminContext, fields: JsonObject): Order | Reply {
  const { worlds, worldTtl } = context;
  const { options: home } = worlds.home;
  const state = isJsonObject(fields["state"]) ? fields["state"] : undefined;
  if (state !== undefined && textField(fields, "scenario") !== undefined) {
    const detail = 'has both "scenario" and "state"';
    return badRequest("Say either the scenario or the state that the world begins from.", [
      { field: "body", detail },
    ]);
  }
  const id = readId(context, fields);
  if (typeof id === "object") return id;
  const settings = settingsFrom(home.settings, fields);
  if ("status" in settings) return settings;
  const startsAt = readStart(fields);
  if (startsAt !== undefined && typeof startsAt !== "number") return startsAt;
  const ttl = readTtl(textField(fields, "ttl"), worldTtl);
  if (ttl !== undefined && typeof ttl !== "number") return ttl;
  return {
    id,
    state,
    options: {
      settings: state === undefined ? settings : { ...settings, scenario: stateName },
      clock: readClock(fields, home.clock),
      journal: home.journal,
      ...(ttl === undefined ? {} : { ttl }),
      ...(startsAt === undefined ? {} : { startsAt }),
    },
  };
}

/** As the document of the admin API has it for the id in a body. */
const worldId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The id in the body, or else the one by which the call names a world; undefined where neither is. */
function readId({ worlds, named }: AdminContext, fields: JsonObject): string | Reply | undefined {
  const id = textField(fields, "id");
  if (id === undefined) {
    if (named === undefined || named === worlds.home.id) return undefined;
    if (worldId.test(named)) return named;
    const detail = `expected letters, digits, ".", "_" and "-", up to 64, the first a letter or digit, received ${JSON.stringify(named)}`;
    return badRequest("The call names a world that cannot be made.", [{ field: "world", detail }]);
  }
  // One that is there is the world that the call comes from, which is none of this one's business.
  if (named === undefined || named === id || worlds.get(named) !== undefined) return id;
  const detail = `means world ${JSON.stringify(id)}, path, header or query mean world ${JSON.stringify(named)}: leave it out, or say the same in both places`;
  return badRequest("The call names two worlds.", [{ field: "body/id", detail }]);
}

/** The years between which ages and plans can be reckoned without leaving those of RFC 3339. */
const [earliest, latest] = [Date.UTC(1970), Date.UTC(9000)];

function readStart(fields: JsonObject): Instant | Reply | undefined {
  const text = textField(clockOf(fields), "now");
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant !== undefined && instant >= earliest && instant <= latest) return instant;
  const detail = `expected an RFC 3339 date-time from the year 1970 to the year 9000, received ${JSON.stringify(text)}`;
  return badRequest("The clock cannot show that.", [{ field: "body/clock/now", detail }]);
}

function readClock(fields: JsonObject, own: ClockSetting): ClockSetting {
  const clock = clockOf(fields);
  return {
    mode: wordField(clock, "mode", clockModes) ?? own.mode,
    speed: numberField(clock, "speed") ?? own.speed,
  };
}

function clockOf(fields: JsonObject): JsonObject {
  return isJsonObject(fields["clock"]) ? fields["clock"] : {};
}

function readTtl(text: string | undefined, own: number | undefined): number | Reply | undefined {
  if (text === undefined) return own;
  if (text === "never") return undefined;
  const span = parseDuration(text);
  if (span !== undefined && span > 0) return span;
  const detail = `expected a span above 0s and up to 100 years, such as "90s" or "2h", or "never", received ${JSON.stringify(text)}`;
  return badRequest("The world cannot live that long.", [{ field: "body/ttl", detail }]);
}

function startOf(
  { startFor, startFrom }: AdminContext,
  { state, options: { settings, clock, startsAt } }: Order,
): Promise<WorldStart | undefined> {
  const { scenario, seed }: WorldSettings = settings;
  if (state === undefined) return startFor({ scenario, seed, clock, startsAt });
  const source = { name: stateName, file: "body/state", document: state, locate: () => undefined };
  return startFrom(source, { seed, clock, startsAt });
}
