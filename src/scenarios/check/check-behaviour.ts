import { transitions } from "../../domain/workspace.ts";
import type { AgentLogLineRecord, BehaviourRecord, OutcomesRecord } from "../behaviour-document.ts";
import { listOf } from "../behaviour-from-record.ts";
import { type Complaint, quoted } from "../finding-list.ts";
import { suggestion } from "../nearest-name.ts";
import type { ScenarioParts } from "../read-document.ts";
import { shortSpanComplaint } from "./check-span.ts";

/** A script that is not there, and spans that cannot be. */
export function* behaviourComplaints(
  behaviour: BehaviourRecord | undefined,
  { scripts, misshapen }: Pick<ScenarioParts, "scripts" | "misshapen">,
): Generator<Complaint> {
  if (behaviour === undefined) return;
  for (const { at, span } of spansOf(behaviour)) {
    const complaint = shortSpanComplaint(span);
    if (complaint !== undefined) yield { ...complaint, at };
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
  readonly at: Complaint["at"];
  readonly span: string;
}

function spansOf({
  agent,
  app,
  build_log: builds = {},
  agent_log: lines,
}: BehaviourRecord): readonly PlacedSpan[] {
  const lost = placed("agent", agent).flatMap(({ at, outcome }) =>
    typeof outcome === "string"
      ? []
      : [{ at: [...at, "disconnects_after"], span: outcome.disconnects_after }],
  );
  const ill = placed("app", app).flatMap(({ at, outcome }) =>
    typeof outcome === "string" ? [] : [{ at: [...at, "unhealthy_after"], span: outcome.unhealthy_after }],
  );
  const written = transitions.flatMap((transition) =>
    spansBetween(builds[transition], ["behaviour", "build_log", transition]),
  );
  return [...lost, ...ill, ...written, ...spansBetween(lines, ["behaviour", "agent_log"])];
}

function spansBetween(
  lines: readonly AgentLogLineRecord[] | undefined,
  at: Complaint["at"],
): readonly PlacedSpan[] {
  return (lines ?? []).flatMap(({ after }, index) =>
    after === undefined ? [] : [{ at: [...at, index, "after"], span: after }],
  );
}

/** Each outcome of a record with the keys that lead to it. */
function placed<Row extends string | object>(
  key: string,
  record: OutcomesRecord<Row> | undefined,
): readonly { readonly outcome: Row; readonly at: Complaint["at"] }[] {
  if (record === undefined) return [];
  const isList = Array.isArray(record);
  return listOf(record).map((outcome, index) => ({
    outcome,
    at: isList ? ["behaviour", key, index] : ["behaviour", key],
  }));
}
