/** A planned fault; docs/faults.md explains its parts, which are read once the schema has checked them. */
export interface FaultPlanRecord {
  readonly name?: string;
  readonly match?: object;
  readonly when?: object;
  readonly fault: object;
}
