import type { components } from "../contract/generated/admin.ts";
import { isJsonObject } from "../contract/json.ts";
import { handled, type Reply } from "../operations/reply.ts";
import { didYouMean } from "../scenarios/nearest-name.ts";
import type { ScenarioSource } from "../scenarios/scenario-source.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { notFound } from "./complain.ts";

type Schemas = components["schemas"];

/** `GET /scenarios`. */
export function listScenarios({ host, library }: AdminContext): Reply {
  const current = host.world.settings.scenario;
  const scenarios = library.names().flatMap((name) => {
    const source = library.get(name);
    return source === undefined ? [] : [summary(source, current)];
  });
  return handled(200, { scenarios } satisfies Schemas["ScenarioList"]);
}

/** `GET /scenarios/{name}`. */
export function getScenario({ host, library }: AdminContext, { path }: AdminCall): Reply {
  const name = path["name"] ?? "";
  const source = library.get(name);
  if (source === undefined) return unknownScenario(name, library.names());
  const document = isJsonObject(source.document) ? source.document : {};
  const body: Schemas["Scenario"] = { ...summary(source, host.world.settings.scenario), document };
  return handled(200, body);
}

/** 404 that lists the names that would have done. */
export function unknownScenario(name: string, known: readonly string[]): Reply {
  const detail = `${didYouMean(name, known)}Known: ${known.join(", ")}.`;
  return notFound(`There is no scenario ${JSON.stringify(name)}.`, detail);
}

function summary({ name, file, document }: ScenarioSource, current: string): Schemas["ScenarioSummary"] {
  const description = isJsonObject(document) ? document["description"] : undefined;
  return {
    name,
    ...(typeof description === "string" ? { description } : {}),
    file,
    current: name === current,
  };
}
