import { isJsonObject, type JsonObject } from "../contract/json.ts";
import type { FaultPlan } from "../domain/fault-plan.ts";
import { mostFaults, type PlannedFault } from "../engine/faults/faults.ts";
import type { WorldHost } from "../engine/worlds/world-host.ts";
import { handled, type Reply, refused } from "../operations/reply.ts";
import type { FaultPlanRecord } from "../scenarios/faults/fault-document.ts";
import { faultFrom } from "../scenarios/faults/fault-from-record.ts";
import { didYouMean } from "../scenarios/nearest-name.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest, type Complaint, conflict, notFound } from "./complain.ts";
import { textField } from "./fields.ts";
import { unknownOperation } from "./requests/request-match.ts";

/** `POST /faults`. */
export function planFault(context: AdminContext, { fields }: AdminCall): Reply {
  const { host } = context;
  const read = faultFrom(recordFrom(fields), host.faults.freeName());
  if (!read.ok) {
    return badRequest(
      "The fault cannot be planned.",
      read.complaints.map(({ at, message, expected }) => complaint(at, `${message}; expected ${expected}`)),
    );
  }
  const obstacle = obstacleTo(context, read.plan);
  return obstacle ?? handled(201, presentFault(host, host.faults.plan(read.plan)));
}

function recordFrom(fields: JsonObject): FaultPlanRecord {
  const name = textField(fields, "name");
  const { match, when, fault } = fields;
  return {
    ...(name === undefined ? {} : { name }),
    ...(isJsonObject(match) ? { match } : {}),
    ...(isJsonObject(when) ? { when } : {}),
    fault: isJsonObject(fault) ? fault : {},
  };
}

function complaint(at: readonly (string | number)[], detail: string): Complaint {
  return { field: ["body", ...at].join("/"), detail };
}

function obstacleTo(context: AdminContext, { name, match: { operation } }: FaultPlan): Reply | undefined {
  const { faults } = context.host;
  const unknown = unknownOperation(context, { operation, field: "body/match/operation" });
  if (unknown !== undefined) return badRequest("The world's contract has no such operation.", [unknown]);
  if (faults.get(name) !== undefined) {
    return conflict(
      `There is already a fault ${JSON.stringify(name)}.`,
      `Choose another name, leave it out to get one, or DELETE /__admin/faults/${name} first.`,
    );
  }
  if (!faults.isFull) return undefined;
  return refused(429, {
    message: `The world has ${mostFaults} planned faults, which is as many as it keeps.`,
    detail: "Make room with DELETE /__admin/faults/{name}, or DELETE /__admin/faults for all.",
  });
}

/** `GET /faults`: in the order in which they are looked at. */
export function listFaults({ host }: AdminContext): Reply {
  const faults = host.faults.list().map((planned) => presentFault(host, planned));
  return handled(200, { faults, limit: mostFaults });
}

/** `GET /faults/{fault}`. */
export function getFault({ host }: AdminContext, { path }: AdminCall): Reply {
  const name = path["fault"] ?? "";
  const planned = host.faults.get(name);
  return planned === undefined ? unknownFault(host, name) : handled(200, presentFault(host, planned));
}

/** `DELETE /faults/{fault}`. */
export function removeFault({ host }: AdminContext, { path }: AdminCall): Reply {
  const name = path["fault"] ?? "";
  return host.faults.remove(name) ? handled(204) : unknownFault(host, name);
}

/** `DELETE /faults`. */
export function clearFaults({ host }: AdminContext): Reply {
  host.faults.clear();
  return handled(204);
}

/** `POST /faults/reset`. */
export function recountFaults(context: AdminContext): Reply {
  context.host.faults.recount();
  return listFaults(context);
}

function unknownFault({ faults }: WorldHost, name: string): Reply {
  const known = faults.list().map(({ plan }) => plan.name);
  return notFound(
    `There is no planned fault ${JSON.stringify(name)}.`,
    known.length === 0
      ? "None is planned in this world."
      : `${didYouMean(name, known)}Known: ${known.join(", ")}.`,
  );
}

function presentFault({ world }: WorldHost, { plan, count }: PlannedFault): object {
  const remaining = count.remaining(world.now);
  const counts = { seen: count.seen, hits: count.hits };
  return { ...plan.written, ...counts, ...(remaining === undefined ? {} : { remaining }) };
}
