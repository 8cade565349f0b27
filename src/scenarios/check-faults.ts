import type { FaultPlan } from "../domain/fault-plan.ts";
import type { FaultPlanRecord } from "./fault-document.ts";
import { faultFrom } from "./fault-from-record.ts";
import { type Complaint, type FindingList, quoted } from "./finding-list.ts";
import type { ScenarioParts } from "./read-document.ts";

/** Checks what a scenario plans to go wrong. */
export function checkFaults(parts: ScenarioParts, list: FindingList): void {
  const names = new Set<string>();
  for (const [index, record] of (parts.head.faults ?? []).entries()) {
    const place = { value: record, source: parts.source, pointer: `/faults/${index}` };
    const name = record.name ?? unnamed(index);
    for (const complaint of complaintsOf(record, name)) list.add(place, complaint);
    if (names.has(name)) {
      const message = `there is another fault ${quoted(name)}`;
      list.add(place, {
        at: record.name === undefined ? [] : ["name"],
        message,
        expected: "a name of its own",
      });
    }
    names.add(name);
  }
}

function complaintsOf(record: FaultPlanRecord, name: string): readonly Complaint[] {
  const read = faultFrom(record, name);
  return read.ok ? [] : read.complaints;
}

/** The faults of a scenario that has been checked. */
export function faultsOf({ head }: ScenarioParts): readonly FaultPlan[] {
  return (head.faults ?? []).map((record, index) => {
    const read = faultFrom(record, unnamed(index));
    if (read.ok) return read.plan;
    throw new Error(`Fault ${index} cannot be read, although the scenario was checked.`);
  });
}

function unnamed(index: number): string {
  return `fault-${index + 1}`;
}
