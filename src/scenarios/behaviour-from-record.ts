import type { AgentScript } from "../domain/agent-script.ts";
import type { AgentOutcome, AppOutcome, Behaviour, BuildOutcome, Outcomes } from "../domain/behaviour.ts";
import { parseSpan, type Span } from "../domain/span.ts";
import type {
  AgentOutcomeRecord,
  AppOutcomeRecord,
  BehaviourRecord,
  BuildOutcomeRecord,
  OutcomesRecord,
} from "./behaviour-document.ts";
import { withLogs } from "./log-from-record.ts";

/** A behaviour with those parts replaced that a checked record names. */
export function withBehaviour(
  base: Behaviour,
  record: BehaviourRecord | undefined,
  scripts: ReadonlyMap<string, AgentScript>,
): Behaviour {
  if (record === undefined) return base;
  const { builds } = base;
  const logs = withLogs(base.logs, record);
  return {
    builds: {
      start: outcomes(record.start, buildOutcome) ?? builds.start,
      stop: outcomes(record.stop, buildOutcome) ?? builds.stop,
      delete: outcomes(record.delete, buildOutcome) ?? builds.delete,
    },
    agent: outcomes(record.agent, agentOutcome) ?? base.agent,
    app: outcomes(record.app, appOutcome) ?? base.app,
    script: record.script === undefined ? base.script : scriptNamed(record.script, scripts),
    ...(logs === undefined ? {} : { logs }),
  };
}

function scriptNamed(
  name: string | null,
  scripts: ReadonlyMap<string, AgentScript>,
): AgentScript | undefined {
  if (name === null) return undefined;
  const script = scripts.get(name);
  if (script === undefined)
    throw new Error(`There is no script "${name}", although the scenario was checked.`);
  return script;
}

function outcomes<Row extends string | object, Outcome>(
  record: OutcomesRecord<Row> | undefined,
  read: (row: Row) => Outcome,
): Outcomes<Outcome> | undefined {
  if (record === undefined) return undefined;
  const [first, ...rest] = listOf(record);
  return first === undefined ? undefined : [read(first), ...rest.map(read)];
}

/** The outcomes of a record, in the order of the builds. */
export function listOf<Row extends string | object>(record: OutcomesRecord<Row>): readonly Row[] {
  return isList(record) ? record : [record];
}

function isList<Row>(record: OutcomesRecord<Row>): record is readonly Row[] {
  return Array.isArray(record);
}

function buildOutcome(record: BuildOutcomeRecord): BuildOutcome {
  return typeof record === "string" ? { kind: record } : { kind: "fails", error: record.fails };
}

function agentOutcome(record: AgentOutcomeRecord): AgentOutcome {
  return typeof record === "string"
    ? { kind: record }
    : { kind: "disconnects", after: span(record.disconnects_after) };
}

function appOutcome(record: AppOutcomeRecord): AppOutcome {
  return typeof record === "string"
    ? { kind: record }
    : { kind: "unhealthy", after: span(record.unhealthy_after) };
}

function span(text: string): Span {
  const read = parseSpan(text);
  if (read === undefined) throw new Error(`"${text}" is no span, although the scenario was checked.`);
  return read;
}
