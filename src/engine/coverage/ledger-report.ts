import {
  type CoverageItem,
  type CoverageKind,
  coverageKey,
  coverageKinds,
} from "../../contract/coverage/coverage-item.ts";

/** What was seen of some contracts. An item counts once for all contracts that have it. */
export interface CoverageReport {
  /** `2.34 documented` */
  readonly contracts: readonly string[];
  readonly operations: readonly OperationReport[];
}

export interface OperationReport {
  readonly id: string;
  readonly method: string;
  /** Path template. */
  readonly path: string;
  readonly items: readonly CountedItem[];
}

export interface CountedItem extends CoverageItem {
  readonly count: number;
}

/** How much was seen, in items. */
export interface Share {
  readonly seen: number;
  readonly known: number;
  /** With one decimal, rounded down, so that 100 means all; 100 where there is nothing to be seen. */
  readonly percent: number;
}

/** Operations and documented statuses: what `--min-coverage` asks for. */
export function gateOf(report: CoverageReport): Share {
  return shareOf(report, ({ kind }) => kind === "operation" || kind === "status");
}

export function shareOfAll(report: CoverageReport): Share {
  return shareOf(report, () => true);
}

/** For every kind, in the order of the kinds. */
export function sharesByKind(report: CoverageReport): readonly (readonly [CoverageKind, Share])[] {
  return coverageKinds.map((kind) => [kind, shareOf(report, (item) => item.kind === kind)]);
}

/** Documented errors that no exchange met. */
export function unmetErrors(
  report: CoverageReport,
): readonly { readonly operation: string; readonly status: string }[] {
  return report.operations.flatMap(({ id, items }) =>
    items
      .filter(({ kind, place, count }) => kind === "status" && count === 0 && /^[45]/.test(place))
      .map(({ place }) => ({ operation: id, status: place })),
  );
}

function shareOf({ operations }: CoverageReport, counts: (item: CountedItem) => boolean): Share {
  const items = operations.flatMap((operation) => operation.items).filter(counts);
  const seen = items.filter(({ count }) => count > 0).length;
  const percent = items.length === 0 ? 100 : Math.floor((seen * 1_000) / items.length) / 10;
  return { seen, known: items.length, percent };
}

/** Adds reports up. Operations and items keep the order in which they first come. */
export function mergeReports(reports: readonly CoverageReport[]): CoverageReport {
  const byId = new Map<string, OperationReport[]>();
  for (const operation of reports.flatMap(({ operations }) => operations)) {
    const key = `${operation.id} ${operation.method} ${operation.path}`;
    const same = byId.get(key);
    if (same === undefined) byId.set(key, [operation]);
    else same.push(operation);
  }
  return {
    contracts: [...new Set(reports.flatMap(({ contracts }) => contracts))].sort(),
    operations: [...byId.values()].flatMap(mergeOperations),
  };
}

function mergeOperations(operations: readonly OperationReport[]): readonly OperationReport[] {
  const [first] = operations;
  if (first === undefined) return [];
  const byKey = new Map<string, CountedItem>();
  for (const item of operations.flatMap(({ items }) => items)) {
    const key = coverageKey(item);
    const count = (byKey.get(key)?.count ?? 0) + item.count;
    byKey.set(key, { ...item, count });
  }
  return [{ ...first, items: [...byKey.values()] }];
}
