import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import { mostFindings } from "../../scenarios/bounded-findings.ts";
import { type Finding, ScenarioError, type ScenarioSource } from "../../scenarios/scenario-source.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { badRequest } from "../complain.ts";
import { worldSummary } from "../worlds/world-summary.ts";

/** `GET /state`: as JSON, which `PUT /state` takes back, or as the text of a scenario file. */
export async function getState(context: AdminContext, { query }: AdminCall): Promise<Reply> {
  const { host, exportScenario, toYaml } = context;
  const document = exportScenario(host.world);
  if (!query.some(([name, value]) => name === "format" && value === "yaml")) return handled(200, document);
  const head = fileHead(host.id, host.world);
  return {
    outcome: "handled",
    status: 200,
    text: { mediaType: "application/yaml", text: `${head}\n${await toYaml(document)}` },
  };
}

/** The first line of a file that somebody finds a year later. What a scenario cannot say stands in the command. */
function fileHead(id: string, { now, settings: { revision, profile, auth } }: World): string {
  const tokens = auth === "any" ? " --auth any" : "";
  const start = `coder-tasks-mock serve --scenario FILE --clock manual --revision ${revision} --profile ${profile}${tokens}`;
  return `# Scenario for coder-tasks-mock: world "${id}" as it was at ${formatInstant(now)}. Start it: ${start}`;
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
    const start = await context.startFrom(source, { seed: settings.seed, clock: clock.setting });
    host.restart({ start, settings, clock: clock.setting, cause: "state" });
    return handled(200, worldSummary(host));
  } catch (error) {
    if (error instanceof ScenarioError) return badScenario(error);
    throw error;
  }
}

/** 400 with everything that is wrong with a scenario. */
export function badScenario({ findings }: ScenarioError): Reply {
  const count = findings.length > mostFindings ? `more than ${mostFindings}` : findings.length;
  const places = count === 1 ? "1 place" : `${count} places`;
  return badRequest(`The scenario cannot be used: mend it in ${places}.`, findings.map(complaint));
}

function complaint({ pointer, message, expected, file, line }: Finding): { field: string; detail: string } {
  const place = line === undefined ? "" : `${file}:${line} `;
  return { field: pointer === "" ? "body" : pointer, detail: `${place}${message}. Expected ${expected}.` };
}
