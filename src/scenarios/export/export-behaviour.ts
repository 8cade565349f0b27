import type { Act, AgentScript, Trigger } from "../../domain/agent-script.ts";
import {
  type AgentOutcome,
  type AppOutcome,
  type Behaviour,
  type BuildOutcome,
  type Outcomes,
  plainBehaviour,
} from "../../domain/behaviour.ts";
import { formatSpan } from "../../domain/span.ts";
import type {
  AgentOutcomeRecord,
  AppOutcomeRecord,
  BehaviourRecord,
  BuildOutcomeRecord,
  OutcomesRecord,
} from "../behaviour-document.ts";
import { exportLogs } from "../log-from-record.ts";
import type { ActRecord, ScriptRecord, TriggerRecord } from "../script-document.ts";

/** What a behaviour has that the one it stands on has not; undefined when they are the same. */
export function exportBehaviour(
  behaviour: Behaviour,
  base: Behaviour = plainBehaviour,
): BehaviourRecord | undefined {
  if (behaviour === base) return undefined;
  const [own, known] = [wholeRecord(behaviour), wholeRecord(base)];
  const different = behaviourKeys.filter((key) => JSON.stringify(own[key]) !== JSON.stringify(known[key]));
  return different.length === 0 ? undefined : Object.fromEntries(different.map((key) => [key, own[key]]));
}

const behaviourKeys = [
  "start",
  "stop",
  "delete",
  "agent",
  "app",
  "script",
  "build_log",
  "agent_log",
] as const satisfies readonly (keyof BehaviourRecord)[];

function wholeRecord({ builds, agent, app, script, logs }: Behaviour): BehaviourRecord {
  return {
    start: outcomes(builds.start, buildOutcome),
    stop: outcomes(builds.stop, buildOutcome),
    delete: outcomes(builds.delete, buildOutcome),
    agent: outcomes(agent, agentOutcome),
    app: outcomes(app, appOutcome),
    script: script?.name ?? null,
    ...exportLogs(logs),
  };
}

function outcomes<Outcome, Row>(list: Outcomes<Outcome>, write: (one: Outcome) => Row): OutcomesRecord<Row> {
  const [first, ...rest] = list;
  return rest.length === 0 ? write(first) : [write(first), ...rest.map(write)];
}

function buildOutcome(outcome: BuildOutcome): BuildOutcomeRecord {
  return outcome.kind === "fails" ? { fails: outcome.error } : outcome.kind;
}

function agentOutcome(outcome: AgentOutcome): AgentOutcomeRecord {
  return outcome.kind === "disconnects" ? { disconnects_after: formatSpan(outcome.after) } : outcome.kind;
}

function appOutcome(outcome: AppOutcome): AppOutcomeRecord {
  return outcome.kind === "unhealthy" ? { unhealthy_after: formatSpan(outcome.after) } : outcome.kind;
}

/** The scripts that some behaviours follow, by name, with their repetitions laid out. */
export function exportScripts(behaviours: Iterable<Behaviour>): Readonly<Record<string, ScriptRecord>> {
  const scripts = new Map<string, AgentScript>();
  for (const { script } of behaviours) if (script !== undefined) scripts.set(script.name, script);
  const names = [...scripts].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(names.map(([name, script]) => [name, exportScript(script)]));
}

function exportScript({ opening, reactions, otherwise }: AgentScript): ScriptRecord {
  return {
    ...(opening === undefined ? {} : { opening: opening.map(exportAct) }),
    reactions: reactions.map(({ when, acts }) => ({ when: exportTrigger(when), acts: acts.map(exportAct) })),
    ...(otherwise === undefined ? {} : { otherwise: otherwise.map(exportAct) }),
  };
}

function exportTrigger(when: Trigger): TriggerRecord {
  return when.kind === "text" ? { text: when.text } : { pattern: when.pattern };
}

function exportAct(act: Act): ActRecord {
  switch (act.kind) {
    case "say":
      return { say: act.text };
    case "think":
      return { think: formatSpan(act.span) };
    case "report":
      return { report: { state: act.state, message: act.message, uri: act.uri } };
    default:
      return act satisfies never;
  }
}
