import type { Act } from "./agent-script.ts";
import type { IdSource } from "./id-source.ts";
import { fixed } from "./span.ts";

/** What an agent without a script answers to the prompt. It holds placeholders, as scripts do. */
export const openingAnswer =
  "I looked into it: {topic}. I have a plan and made the first changes. Tell me how to go on.";

/** What an agent without a script reports when it turns to an input. */
export const workingOn = "Working on: {topic}";

/** What an agent reports when it is through with a turn. */
export const waiting = "Waiting for input";

/** What an agent without a script answers to an input. */
const answers: readonly string[] = [
  "Done with: {topic}. Anything else?",
  "{topic}: that is done. What is next?",
  "I took care of this: {topic}. Have a look, and tell me what to change.",
  "Finished: {topic}. The checks pass on my side.",
];

/** The first turn of an agent without a script, which takes `span` milliseconds. */
export function openingActs(span: number): readonly Act[] {
  return [
    { kind: "think", span: fixed(span / 4) },
    { kind: "report", state: "working", message: "Reading the task: {topic}", uri: "" },
    { kind: "think", span: fixed((span * 3) / 4) },
    { kind: "say", text: openingAnswer },
  ];
}

/** The turn of an agent without a script after an input. The same input always gets the same answer in a seed. */
export function replyActs(span: number, input: string, ids: IdSource): readonly Act[] {
  return [
    { kind: "report", state: "working", message: workingOn, uri: "" },
    { kind: "think", span: fixed(span) },
    { kind: "say", text: answers[ids.choice("answer", input, answers.length)] ?? openingAnswer },
  ];
}
