import type { ReportState } from "./agent.ts";
import type { Span } from "./span.ts";

/** One thing that an agent does in its turn. Texts may hold placeholders (src/domain/placeholders.ts). */
export type Act =
  | { readonly kind: "report"; readonly state: ReportState; readonly message: string; readonly uri: string }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "think"; readonly span: Span };

/** What an input has to look like: a text that it contains, without regard to case, or a pattern that it matches. */
export type Trigger =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "pattern"; readonly pattern: string; readonly matches: (input: string) => boolean };

/** What an agent does about an input that fits. */
export interface Reaction {
  readonly when: Trigger;
  readonly acts: readonly Act[];
}

/** What an agent does in its turns. Where it says nothing, the agent does what every agent does. */
export interface AgentScript {
  readonly name: string;
  /** The first turn, on the task's prompt. */
  readonly opening: readonly Act[] | undefined;
  /** The first that fits an input is taken. */
  readonly reactions: readonly Reaction[];
  /** The turn on an input that no reaction fits. */
  readonly otherwise: readonly Act[] | undefined;
}
