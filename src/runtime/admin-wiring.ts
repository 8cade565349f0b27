import { randomBytes } from "node:crypto";
import type { AdminContext, ServerState, ServerView } from "../admin/admin-context.ts";
import { createAdminOperations } from "../admin/admin-operations.ts";
import type { World } from "../domain/world.ts";
import type { AdminSurface } from "../engine/engine.ts";
import type { Surface } from "../engine/surface.ts";
import { WorldHost } from "../engine/worlds/world-host.ts";
import type { WorldParts } from "../engine/worlds/world-parts.ts";
import type { Worlds } from "../engine/worlds/worlds.ts";
import { buildStart } from "../scenarios/build/build-start.ts";
import { exportScenario } from "../scenarios/export/export-scenario.ts";
import { declaredStart } from "../scenarios/moments.ts";
import type { Config } from "./config.ts";
import type { ContractStore } from "./contract-store.ts";
import { hostTime } from "./host-time.ts";
import { packageVersion } from "./package-root.ts";
import { realStart, type ScenarioStore } from "./scenario-store.ts";

/** The admin API of a server, wired to what it steers. */
export interface Admin {
  readonly surface: AdminSurface<AdminContext>;
  /** What callers have to show, when they have to. */
  readonly token: string | undefined;
  setState(state: ServerState): void;
}

export interface AdminParts {
  readonly config: Config;
  readonly contracts: ContractStore;
  readonly scenarios: ScenarioStore;
  readonly worlds: Worlds;
  readonly worldParts: WorldParts<WorldHost>;
  readonly extensions: readonly Surface<World>[];
}

/**
 * Wires the admin API. Switched off, it keeps its health check, which a container cannot do without. Bound wide without
 * a token it makes one, since anybody could call it otherwise.
 */
export function createAdmin({
  config,
  contracts,
  scenarios,
  worlds,
  worldParts,
  extensions,
}: AdminParts): Admin {
  const bind = bindOf(config);
  const token = config.adminToken ?? (bind === "wide" ? randomBytes(24).toString("base64url") : undefined);
  let state: ServerState = "starting";
  const server = viewOf({ bind, adminToken: token, state: () => state }, contracts);
  const parts: Omit<AdminContext, "host" | "named" | "document"> = {
    worlds,
    events: worldParts.events,
    violations: worldParts.violations,
    after: worldParts.after,
    server,
    contractFor: (key) => worldParts.surfaceFor(key).contract,
    extensions: extensions.map(({ contract }) => contract),
    library: scenarios.library,
    startFor: ({ clock, startsAt, ...choice }) =>
      scenarios.startFor({ ...choice, at: startsAt ?? realStart(clock) }),
    startFrom: (source, { seed, clock, startsAt: asked }) => {
      const startsAt = asked ?? declaredStart(source) ?? realStart(clock);
      return buildStart(source, scenarios.library.fixtures, {
        seed,
        extended: scenarios.extended,
        ...(startsAt === undefined ? {} : { startsAt }),
      });
    },
    openWorld: (id, options, start) => {
      const host = new WorldHost(id, options, { parts: worldParts, start });
      worlds.add(host);
      return host;
    },
    worldTtl: config.worldTtl,
    exportScenario,
    toYaml: async (value) => (await import("yaml")).stringify(value, { aliasDuplicateObjects: false }),
  };
  // Made when it is first called: most starts are measured in milliseconds, and most callers never steer.
  let made:
    | { readonly surface: Surface<AdminContext>; readonly context: Omit<AdminContext, "host" | "named"> }
    | undefined;
  const make = () => {
    const contract = contracts.adminContract({ healthOnly: !config.admin });
    const context = { ...parts, document: contract.document };
    return { surface: { contract, operations: createAdminOperations() }, context };
  };
  return {
    surface: {
      get surface() {
        made ??= make();
        return made.surface;
      },
      contextFor(host, { named }) {
        made ??= make();
        return { ...made.context, host, named };
      },
    },
    token,
    setState: (next) => {
      state = next;
    },
  };
}

function viewOf(
  known: Pick<ServerView, "bind" | "adminToken" | "state">,
  contracts: ContractStore,
): ServerView {
  const began = hostTime();
  return {
    ...known,
    version: packageVersion(),
    uptimeMs: () => Math.floor(hostTime() - began),
    get specs() {
      return contracts.digests();
    },
  };
}

function bindOf({ host }: Config): ServerView["bind"] {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host) ? "loopback" : "wide";
}
