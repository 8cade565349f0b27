import { type ReportState, reportStates } from "../domain/agent.ts";
import type { Act } from "../domain/agent-script.ts";
import { parseSpan } from "../domain/span.ts";
import { longestName } from "../domain/task-name.ts";
import { longestTopic } from "../domain/topic.ts";
import type { ActRecord, ReportWordsRecord } from "./script-document.ts";

/** Every key of an act; an act has exactly one of them. */
export const actKinds = [
  "say",
  "think",
  "working",
  "idle",
  "complete",
  "failure",
  "report",
  "repeat",
] as const satisfies readonly (keyof ActRecord)[];

/** The acts of one turn, repetitions laid out. They have been checked: none is endless, and there are not too many. */
export function layOutActs(records: readonly ActRecord[]): readonly Act[] {
  return records.flatMap((record) => layOut(record));
}

function layOut(record: ActRecord): readonly Act[] {
  const { repeat } = record;
  if (repeat !== undefined) {
    const acts = layOutActs(repeat.acts);
    return Array.from({ length: repeat.times }, (_, index) =>
      acts.map((act) => inRound(act, index + 1)),
    ).flat();
  }
  const { say, think, report } = record;
  if (say !== undefined) return [{ kind: "say", text: say }];
  if (think !== undefined) return [thinking(think)];
  if (report !== undefined) return [reporting(report.state, report)];
  return reportStates.flatMap((state) => {
    const words = record[state];
    return words === undefined ? [] : [reporting(state, words)];
  });
}

function thinking(text: string): Act {
  const span = parseSpan(text);
  if (span === undefined) throw new Error(`"${text}" is no span, although the script was checked.`);
  return { kind: "think", span };
}

function reporting(state: ReportState, words: ReportWordsRecord): Act {
  const { message = "", uri = "" } = typeof words === "string" ? { message: words } : words;
  return { kind: "report", state, message, uri };
}

/** The innermost repetition counts: its rounds are put in before those of the one around it. */
function inRound(act: Act, round: number): Act {
  const counted = (text: string): string => text.replaceAll("{round}", String(round));
  switch (act.kind) {
    case "say":
      return { ...act, text: counted(act.text) };
    case "report":
      return { ...act, message: counted(act.message), uri: counted(act.uri) };
    case "think":
      return act;
    default:
      return act satisfies never;
  }
}

/** What the acts of a turn come to when its repetitions are laid out. */
export interface Weight {
  readonly acts: number;
  /** Of all texts together, each placeholder but the input at its longest. */
  readonly characters: number;
  /** How often the whole input is written. */
  readonly inputs: number;
}

/** Weighs the acts of a turn without laying them out, since there may be more than anybody could lay out. */
export function weigh(records: readonly ActRecord[]): Weight {
  const weights = records.map((record) => {
    const { repeat } = record;
    return repeat === undefined ? weighText(record) : times(weigh(repeat.acts), repeat.times);
  });
  return weights.reduce(together, { acts: 0, characters: 0, inputs: 0 });
}

function weighText({ say, report, ...record }: ActRecord): Weight {
  const words = reportStates.flatMap((state) => record[state] ?? []);
  const texts = [say, report, ...words].flatMap((one) =>
    typeof one === "object" ? [one.message ?? "", one.uri ?? ""] : (one ?? []),
  );
  const text = texts.join("\n");
  const grown = longer.map(([name, longest]) => timesIn(text, name) * (longest - name.length));
  const characters = grown.reduce((sum, more) => sum + more, text.length);
  return { acts: 1, characters, inputs: timesIn(text, "{input}") };
}

/** Placeholders that may stand for more than they are long. */
const longer = [
  ["{topic}", longestTopic],
  ["{task}", longestName],
] as const;

function timesIn(text: string, placeholder: string): number {
  return text.split(placeholder).length - 1;
}

function times({ acts, characters, inputs }: Weight, count: number): Weight {
  return { acts: acts * count, characters: characters * count, inputs: inputs * count };
}

function together(one: Weight, other: Weight): Weight {
  return {
    acts: one.acts + other.acts,
    characters: one.characters + other.characters,
    inputs: one.inputs + other.inputs,
  };
}

/** How deep repetitions stand in each other: 0 without any. */
export function depthOfActs(records: readonly ActRecord[]): number {
  return Math.max(
    0,
    ...records.map(({ repeat }) => (repeat === undefined ? 0 : 1 + depthOfActs(repeat.acts))),
  );
}
