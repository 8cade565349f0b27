import type { FaultPlan } from "../../domain/fault-plan.ts";
import type { FaultPlanRecord } from "../faults/fault-document.ts";
import { faultFrom } from "../faults/fault-from-record.ts";
import { type Complaint, type FindingList, quoted } from "../finding-list.ts";
import { knownOperations } from "../known-operations.ts";
import { nearestName, suggestion } from "../nearest-name.ts";
import type { ScenarioParts } from "../read-document.ts";

/**
 * Checks what a scenario plans to go wrong. `extended` are the operations that a server has beside the mock's own; where
 * no server is known, only slips are found among the ids of operations.
 */
export function checkFaults(
  parts: ScenarioParts,
  list: FindingList,
  extended: ReadonlySet<string> | undefined,
): void {
  const names = new Set<string>();
  for (const [index, record] of (parts.head.faults ?? []).entries()) {
    const place = { value: record, source: parts.source, pointer: `/faults/${index}` };
    const name = record.name ?? unnamed(index);
    for (const complaint of complaintsOf(record, name, extended)) list.add(place, complaint);
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

function complaintsOf(
  record: FaultPlanRecord,
  name: string,
  extended: ReadonlySet<string> | undefined,
): readonly Complaint[] {
  const read = faultFrom(record, name);
  if (!read.ok) return read.complaints;
  const { operation } = read.plan.match;
  if (operation === undefined || knownOperations.includes(operation) || extended?.has(operation)) return [];
  if (extended === undefined && nearestName(operation, knownOperations) === undefined) return [];
  const others = extended === undefined || extended.size === 0 ? "" : " or of the documents that extend it";
  return [
    {
      at: ["match", "operation"],
      message: `${quoted(operation)} is no operation of the mock${others}`,
      expected: suggestion(operation, [...knownOperations, ...(extended ?? [])]),
    },
  ];
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
