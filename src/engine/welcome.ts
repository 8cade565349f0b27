import type { MockRequest } from "./journal/exchange.ts";
import type { Served } from "./served.ts";
import type { WorldHost } from "./worlds/world-host.ts";

/** The two pages that the mock has beside the API: a greeting, and the contract in force. */
export function welcome(host: WorldHost, request: MockRequest): Served | undefined {
  if (request.method !== "GET") return undefined;
  switch (request.path) {
    case "/":
      return page({
        message: "coder-tasks-mock is ready.",
        detail: `Scenario ${host.world.settings.scenario}, revision ${host.world.settings.revision}, profile ${host.world.settings.profile}. The contract is at /openapi.json, the state at /__admin/state.`,
      });
    case "/openapi.json":
      return page(host.surface.contract.document);
    default:
      return undefined;
  }
}

function page(body: object): Served {
  return {
    outcome: "handled",
    status: 200,
    headers: {},
    body: new TextEncoder().encode(`${JSON.stringify(body, null, 2)}\n`),
    violations: [],
  };
}
