import type { ViolationLog } from "../../engine/journal/violation-log.ts";

/**
 * What `--fail-on-violations` has to say at the end of a run, in one line; undefined when nothing broke the contract since the
 * server began. Warnings do not count, nor does what a planned fault did.
 */
export function violationGate(log: Pick<ViolationLog, "counts">): string | undefined {
  const failing = log.counts().filter(({ errors }) => errors > 0);
  if (failing.length === 0) return undefined;
  const total = failing.reduce((sum, { errors }) => sum + errors, 0);
  const kinds = failing.map(
    ({ direction, rule, errors }) =>
      `${rule} in ${direction === "request" ? "requests" : "answers"} ${times(errors)}`,
  );
  return `--fail-on-violations: the contract was broken ${times(total)}: ${kinds.join(", ")}; docs/rules has a page for each rule.`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
