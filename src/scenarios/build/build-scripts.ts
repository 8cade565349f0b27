import type { AgentScript, Trigger } from "../../domain/agent-script.ts";
import { type CompilePattern, patternCompiler } from "../patterns.ts";
import type { ScenarioParts } from "../read-document.ts";
import { layOutActs } from "../script-acts.ts";
import type { ScriptRecord, TriggerRecord } from "../script-document.ts";

/** Scripts by name, ready to be followed. Their records have been checked. */
export async function buildScripts(
  records: ReadonlyMap<string, ScriptRecord>,
): Promise<ReadonlyMap<string, AgentScript>> {
  const compile = await patternCompiler([...records.values()].flatMap(triggersOf));
  return new Map([...records].map(([name, record]) => [name, buildScript(name, record, compile)]));
}

/** The records of those scripts that a template or task names. */
export function usedScripts({
  templates,
  tasks,
  scripts,
}: Pick<ScenarioParts, "templates" | "tasks" | "scripts">): ReadonlyMap<string, ScriptRecord> {
  const names = [...templates, ...tasks].flatMap(({ value }) => value.behaviour?.script ?? []);
  return new Map(
    names.flatMap((name) => {
      const script = scripts.get(name);
      return script === undefined ? [] : [[name, script.value] as const];
    }),
  );
}

/** The triggers of a script. */
export function triggersOf({ reactions = [] }: ScriptRecord): readonly TriggerRecord[] {
  return reactions.map(({ when }) => when);
}

function buildScript(name: string, record: ScriptRecord, compile: CompilePattern): AgentScript {
  const { opening, reactions = [], otherwise } = record;
  return {
    name,
    opening: opening && layOutActs(opening),
    reactions: reactions.map(({ when, acts }) => ({ when: trigger(when, compile), acts: layOutActs(acts) })),
    otherwise: otherwise && layOutActs(otherwise),
  };
}

function trigger({ text, pattern }: TriggerRecord, compile: CompilePattern): Trigger {
  if (pattern === undefined) return { kind: "text", text: text ?? "" };
  const compiled = compile(pattern);
  if (compiled.kind === "unreadable") {
    throw new Error(`The pattern "${pattern}" does not compile, although the script was checked.`);
  }
  return { kind: "pattern", pattern, matches: compiled.matches };
}
