import type { BehaviourRecord } from "./behaviour-document.ts";
import { listOf } from "./behaviour-from-record.ts";
import { shortSpanComplaint } from "./check-span.ts";
import { type Complaint, quoted } from "./finding-list.ts";
import { suggestion } from "./nearest-name.ts";
import type { ScenarioParts } from "./read-document.ts";

/** A script that is not there, and spans that cannot be. */
export function* behaviourComplaints(
  behaviour: BehaviourRecord | undefined,
  { scripts, misshapen }: Pick<ScenarioParts, "scripts" | "misshapen">,
): Generator<Complaint> {
  if (behaviour === undefined) return;
  for (const { keys, span } of spansOf(behaviour)) {
    const complaint = shortSpanComplaint(span);
    if (complaint !== undefined) yield { ...complaint, at: ["behaviour", ...keys] };
  }
  const { script } = behaviour;
  if (typeof script !== "string" || scripts.has(script) || misshapen.has(`scripts/${script}`)) return;
  yield {
    at: ["behaviour", "script"],
    message: `there is no script ${quoted(script)}`,
    expected: suggestion(script, [...scripts.keys()]),
  };
}

interface PlacedSpan {
  readonly keys: Complaint["at"];
  readonly span: string;
}

function spansOf({ agent, app }: BehaviourRecord): readonly PlacedSpan[] {
  const lost = agent === undefined ? [] : listOf(agent);
  const ill = app === undefined ? [] : listOf(app);
  return [
    ...lost.flatMap((outcome, index) =>
      typeof outcome === "string"
        ? []
        : [{ keys: place("agent", agent, index, "disconnects_after"), span: outcome.disconnects_after }],
    ),
    ...ill.flatMap((outcome, index) =>
      typeof outcome === "string"
        ? []
        : [{ keys: place("app", app, index, "unhealthy_after"), span: outcome.unhealthy_after }],
    ),
  ];
}

function place(...[key, record, index, span]: readonly [string, unknown, number, string]): Complaint["at"] {
  return Array.isArray(record) ? [key, index, span] : [key, span];
}
