import type { MockRequest } from "./journal/exchange.ts";
import type { Served } from "./served.ts";
import type { WorldHost } from "./worlds/world-host.ts";
import { worldPrefix } from "./worlds/world-prefix.ts";

/** The two pages that the mock has beside the API: a greeting, and the contract in force. */
export function welcome(host: WorldHost, request: MockRequest): Served | undefined {
  if (request.method !== "GET") return undefined;
  switch (request.path) {
    case "/": {
      const { scenario, revision, profile } = host.world.settings;
      const prefix = worldPrefix(host);
      return page({
        message: "coder-tasks-mock is ready.",
        detail: `Scenario ${scenario}, revision ${revision}, profile ${profile}. The contract is at ${prefix}/openapi.json, the state at ${prefix}/__admin/state.`,
      });
    }
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
