import { plainLine } from "../../admin/coverage/plain-line.ts";
import type { SeenViolation } from "../../engine/journal/late-violation.ts";
import { describe, fieldOf } from "../../engine/problems.ts";

/** So many violations of one exchange are shown; the rest are counted. */
const mostShown = 10;
const longestLine = 600;

/** What a block is made of: the violations of one exchange, at least one. */
export interface BrokenExchange {
  readonly first: SeenViolation;
  readonly all: readonly SeenViolation[];
  /** Whether the admin API can be asked for more. */
  readonly hasAdmin: boolean;
}

/**
 * A block for people. The path stands without its query, which may hold a token; what a client sent cannot begin a line
 * of its own nor steer a terminal.
 */
export function violationBlock(broken: BrokenExchange): string {
  const { first, all } = broken;
  const { method, path, operation = "no operation", status } = first.exchange;
  const places = all.length === 1 ? "1 place" : `${all.length} places`;
  const lines = [
    `${method} ${path} broke the contract of ${operation} in ${places}, answered with ${status}`,
    ...all.slice(0, mostShown).map(lineOf),
    ...(all.length > mostShown ? [`  and ${all.length - mostShown} more`] : []),
    `  See ${[...moreOf(broken), ...pagesOf(all)].join(", ")}`,
  ];
  return lines.map(printable).join("\n");
}

/** The same for a line of JSON. */
export function violationFields(broken: BrokenExchange): object {
  const { first, all } = broken;
  const { id, method, path, operation, status } = first.exchange;
  return {
    world: first.world,
    request: id,
    method,
    path: path.slice(0, longestLine),
    operation,
    status,
    count: all.length,
    violations: all
      .slice(0, mostShown)
      .map(({ violation, isPlanned }) => ({ ...violation, fault: isPlanned })),
    see: [...moreOf(broken), ...pagesOf(all)],
  };
}

function lineOf({ violation, isPlanned }: SeenViolation): string {
  const { severity, direction } = violation;
  const kind = isPlanned ? "planned fault" : severity;
  const side = direction === "request" ? "request" : "answer";
  return `  ${kind}, ${side} ${fieldOf(violation)}: ${describe(violation)}`;
}

function moreOf({ first, hasAdmin }: BrokenExchange): readonly string[] {
  if (!hasAdmin) return [];
  const prefix = first.world === "default" ? "" : `/w/${first.world}`;
  return [`GET ${prefix}/__admin/requests/${first.exchange.id}`];
}

function pagesOf(all: readonly SeenViolation[]): readonly string[] {
  const rules = new Set(all.slice(0, mostShown).map(({ violation }) => violation.rule));
  return [...rules].map((rule) => `docs/rules/${rule}.md`);
}

/** What a client sent cannot begin a line of its own, nor steer a terminal. */
function printable(line: string): string {
  return plainLine(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
}
