import type { AgentScript } from "./agent-script.ts";
import type { LogScripts } from "./log-script.ts";
import type { Span } from "./span.ts";

export type BuildOutcome =
  | { readonly kind: "succeeds" }
  | { readonly kind: "fails"; readonly error: string }
  /** Picked up, and never through. */
  | { readonly kind: "hangs" }
  | { readonly kind: "canceled" };

export type AgentOutcome =
  | { readonly kind: "ready" }
  | { readonly kind: "start-error" }
  | { readonly kind: "start-timeout" }
  | { readonly kind: "never-connects" }
  /** Loses its connection so long after it was ready. */
  | { readonly kind: "disconnects"; readonly after: Span };

export type AppOutcome =
  | { readonly kind: "healthy" }
  /** Is unhealthy so long after it was healthy. */
  | { readonly kind: "unhealthy"; readonly after: Span }
  /** Healthy, but nobody gets through to it. */
  | { readonly kind: "unreachable" }
  /** Healthy, but takes no input. */
  | { readonly kind: "rejects" };

/** For the first, second, ... build of its kind; the last one holds for all later ones. */
export type Outcomes<Outcome> = readonly [Outcome, ...Outcome[]];

/** How the builds, agents and apps of a workspace turn out. */
export interface Behaviour {
  /** By transition. */
  readonly builds: {
    readonly start: Outcomes<BuildOutcome>;
    readonly stop: Outcomes<BuildOutcome>;
    readonly delete: Outcomes<BuildOutcome>;
  };
  /** Of the first, second, ... start build. */
  readonly agent: Outcomes<AgentOutcome>;
  /** Of the first, second, ... start build. */
  readonly app: Outcomes<AppOutcome>;
  readonly script: AgentScript | undefined;
  /** What builds and agents write; absent: what they write everywhere. */
  readonly logs?: LogScripts;
}

const succeeds: Outcomes<BuildOutcome> = [{ kind: "succeeds" }];

/** Everything goes well, and the agent does what every agent does. */
export const plainBehaviour: Behaviour = {
  builds: { start: succeeds, stop: succeeds, delete: succeeds },
  agent: [{ kind: "ready" }],
  app: [{ kind: "healthy" }],
  script: undefined,
};
