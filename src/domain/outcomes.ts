import type { Outcomes } from "./behaviour.ts";
import type { Build, Transition } from "./workspace.ts";

/**
 * What a build of a kind gets, told by how many of its kind came before it: the first outcome for the first, and so on, and
 * the last one for all that come after.
 */
export function outcomeAfter<Outcome>(
  outcomes: Outcomes<Outcome>,
  before: readonly Build[],
  transition: Transition,
): Outcome {
  const count = before.filter((build) => build.transition === transition).length;
  return outcomes[Math.min(count, outcomes.length - 1)] ?? outcomes[0];
}
