import { handled, type Reply } from "../operations/reply.ts";
import { type Finding, ScenarioError, type ScenarioSource } from "../scenarios/scenario-source.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest } from "./complain.ts";
import { worldSummary } from "./world-summary.ts";

/** `GET /state`. */
export function getState({ host, exportScenario }: AdminContext): Reply {
  return handled(200, exportScenario(host.world));
}

/**
 * `PUT /state`: begins anew from a document. The scenario's name and the seed stay, so that what is made next gets the ids
 * that it would have got in the world that was saved.
 */
export async function loadState(context: AdminContext, { fields }: AdminCall): Promise<Reply> {
  const { host } = context;
  const { settings, clock } = host.world;
  const source: ScenarioSource = {
    name: settings.scenario,
    file: "request body",
    document: fields,
    locate: () => undefined,
  };
  try {
    const start = await context.startFrom(source, settings.seed);
    host.restart(start, settings, clock.setting);
    return handled(200, worldSummary(host));
  } catch (error) {
    if (error instanceof ScenarioError) return badScenario(error);
    throw error;
  }
}

/** 400 with everything that is wrong with a scenario. */
export function badScenario({ findings }: ScenarioError): Reply {
  const places = findings.length === 1 ? "1 place" : `${findings.length} places`;
  return badRequest(`The scenario cannot be used: mend it in ${places}.`, findings.map(complaint));
}

function complaint({ pointer, message, expected, file, line }: Finding): { field: string; detail: string } {
  const place = line === undefined ? "" : `${file}:${line} `;
  return { field: pointer === "" ? "body" : pointer, detail: `${place}${message}. Expected ${expected}.` };
}
