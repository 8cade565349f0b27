import { shortSpanComplaint } from "./check-span.ts";
import type { Complaint } from "./finding-list.ts";
import { actKinds, countActs, depthOfActs } from "./script-acts.ts";
import type { ActRecord } from "./script-document.ts";

/** Acts of one turn, with repetitions laid out: each may become an entry, a report or a step that is due. */
const mostActs = 500;
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
  const count = countActs(acts);
  if (count > mostActs) {
    yield {
      at,
      message: `this turn has ${count} acts, repetitions laid out`,
      expected: `at most ${mostActs}: fewer rounds, or the rest as the reaction to another input`,
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
