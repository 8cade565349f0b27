import { randomBytes } from "node:crypto";
import type { AdminContext, ServerState, ServerView } from "../admin/admin-context.ts";
import { createAdminOperations } from "../admin/admin-operations.ts";
import type { AdminSurface } from "../engine/engine.ts";
import type { Surface } from "../engine/world-host.ts";
import { buildStart } from "../scenarios/build-start.ts";
import { exportScenario } from "../scenarios/export-scenario.ts";
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
}

/**
 * Wires the admin API. Switched off, it keeps its health check, which a container cannot do without. Bound wide without
 * a token it makes one, since anybody could call it otherwise.
 */
export function createAdmin({ config, contracts, scenarios }: AdminParts): Admin {
  const bind = bindOf(config);
  const token = config.adminToken ?? (bind === "wide" ? randomBytes(24).toString("base64url") : undefined);
  const began = hostTime();
  let state: ServerState = "starting";
  const server: ServerView = {
    version: packageVersion(),
    state: () => state,
    uptimeMs: () => Math.floor(hostTime() - began),
    get specs() {
      return contracts.digests();
    },
    bind,
    adminToken: token,
  };
  const parts: Omit<AdminContext, "host" | "document"> = {
    server,
    library: scenarios.library,
    startFor: (choice) => scenarios.startFor({ ...choice, at: realStart(config.clock) }),
    startFrom: (source, seed) => {
      const startsAt = declaredStart(source) ?? realStart(config.clock);
      return buildStart(source, scenarios.library.fixtures, {
        seed,
        ...(startsAt === undefined ? {} : { startsAt }),
      });
    },
    exportScenario,
  };
  // Made when it is first called: most starts are measured in milliseconds, and most callers never steer.
  let made:
    | { readonly surface: Surface<AdminContext>; readonly context: Omit<AdminContext, "host"> }
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
      contextFor(host) {
        made ??= make();
        return { ...made.context, host };
      },
    },
    token,
    setState: (next) => {
      state = next;
    },
  };
}

function bindOf({ host }: Config): ServerView["bind"] {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host) ? "loopback" : "wide";
}
