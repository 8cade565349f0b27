import type { Complaint } from "../finding-list.ts";
import { actKinds, depthOfActs, weigh } from "../script-acts.ts";
import type { ActRecord } from "../script-document.ts";
import { shortSpanComplaint } from "./check-span.ts";

/** What a turn may come to, repetitions laid out: each act becomes a step that is due, and most stay in the conversation. */
const limits = [
  { of: "acts", most: 500, what: "acts" },
  { of: "characters", most: 1_048_576, what: "characters of text" },
  // An input may be as long as a request: a few lines that repeat it often would be a very long answer.
  { of: "inputs", most: 20, what: "places where it repeats the {input}" },
] as const;
const deepestRepeat = 3;

/** What is wrong with the acts of a turn. */
export function* actsComplaints(acts: readonly ActRecord[], at: Complaint["at"]): Generator<Complaint> {
  yield* eachAct(acts, at);
  const depth = depthOfActs(acts);
  if (depth > deepestRepeat) {
    yield {
      at,
      message: `repetitions stand ${depth} deep in each other`,
      expected: `at most ${deepestRepeat} of them in each other`,
    };
  }
  const weight = weigh(acts);
  for (const { of, most, what } of limits) {
    if (weight[of] <= most) continue;
    yield {
      at,
      message: `this turn has ${weight[of]} ${what}, repetitions laid out`,
      expected: `at most ${most}: fewer rounds, or the rest as the reaction to another input`,
    };
  }
}

function* eachAct(acts: readonly ActRecord[], at: Complaint["at"]): Generator<Complaint> {
  for (const [index, act] of acts.entries()) {
    const place = [...at, index];
    const kinds = actKinds.filter((kind) => act[kind] !== undefined);
    if (kinds.length !== 1) {
      yield {
        at: place,
        message:
          kinds.length === 0 ? "this act does nothing" : `this act is several things: ${kinds.join(", ")}`,
        expected: `exactly one of the keys ${actKinds.join(", ")}; each further one as an act of its own`,
      };
    }
    const complaint = act.think === undefined ? undefined : shortSpanComplaint(act.think);
    if (complaint !== undefined) yield { ...complaint, at: [...place, "think"] };
    if (act.repeat !== undefined) yield* eachAct(act.repeat.acts, [...place, "repeat", "acts"]);
  }
}
