import { LateViolation, type SeenViolation } from "../../src/engine/journal/late-violation.ts";

/** A violation that was told long ago. */
export function late(told: SeenViolation): LateViolation {
  const { direction, rule, severity } = told.violation;
  return new LateViolation(told.world, { direction, rule, severity, isPlanned: told.isPlanned }, () => told);
}
