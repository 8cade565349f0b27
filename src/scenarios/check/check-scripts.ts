import { triggersOf } from "../build/build-scripts.ts";
import { type Complaint, type FindingList, quoted } from "../finding-list.ts";
import type { Located } from "../fixtures.ts";
import { type CompilePattern, patternCompiler } from "../patterns.ts";
import type { ScriptRecord, TriggerRecord } from "../script-document.ts";
import { actsComplaints } from "./check-acts.ts";

/** What the patterns of a script may cost together for each character of an input, in steps of RE2's machine. */
const largestProgram = 2_000;

/** Checks scripts whose shape is right: acts, triggers and patterns. */
export async function checkScripts(
  scripts: readonly Located<ScriptRecord>[],
  list: FindingList,
): Promise<void> {
  const compile = await patternCompiler(scripts.flatMap(({ value }) => triggersOf(value)));
  for (const script of scripts) {
    for (const complaint of scriptComplaints(script.value, compile)) list.add(script, complaint);
  }
}

function* scriptComplaints(script: ScriptRecord, compile: CompilePattern): Generator<Complaint> {
  const { opening, reactions = [], otherwise } = script;
  if (opening !== undefined) yield* actsComplaints(opening, ["opening"]);
  for (const [index, { when, acts }] of reactions.entries()) {
    yield* triggerComplaints(when, ["reactions", index, "when"]);
    yield* actsComplaints(acts, ["reactions", index, "acts"]);
  }
  if (otherwise !== undefined) yield* actsComplaints(otherwise, ["otherwise"]);
  yield* patternComplaints(script, compile);
}

function* triggerComplaints(when: TriggerRecord, at: Complaint["at"]): Generator<Complaint> {
  if ((when.text === undefined) !== (when.pattern === undefined)) return;
  yield {
    at,
    message:
      when.text === undefined ? "no input fits this" : "a reaction is for a text or for a pattern, not both",
    expected: "exactly one of the keys text and pattern",
  };
}

function* patternComplaints(script: ScriptRecord, compile: CompilePattern): Generator<Complaint> {
  let size = 0;
  for (const [index, { pattern }] of triggersOf(script).entries()) {
    if (pattern === undefined) continue;
    const at = ["reactions", index, "when", "pattern"];
    const compiled = compile(pattern);
    if (compiled.kind === "unreadable") {
      yield {
        at,
        message: `the pattern ${quoted(pattern)} does not compile: ${compiled.problem}`,
        expected:
          "the syntax of RE2, which has neither backreferences nor lookaround; a backslash before a sign that is meant as it is",
      };
      continue;
    }
    const before = size;
    size += compiled.size;
    if (before > largestProgram || size <= largestProgram) continue;
    yield {
      at,
      message: `with the pattern ${quoted(pattern)} the script's patterns cost ${size} steps for each character`,
      expected: `at most ${largestProgram} for all of them: fewer reactions, or smaller counts in braces`,
    };
  }
}
