import type { ReportState } from "./agent.ts";
import { openingActs, replyActs, waiting } from "./agent-reply.ts";
import type { Act, AgentScript, Trigger } from "./agent-script.ts";
import { assertNever } from "./assert-never.ts";
import type { Due, Step } from "./due.ts";
import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import type { Pair } from "./pair.ts";
import { fillAddress, fillPlaceholders, type PlaceholderValues, placeholderValues } from "./placeholders.ts";
import { Plan } from "./plan.ts";
import { type Draw, drawSpan } from "./span.ts";

/** What an agent turns to. */
export interface Turn {
  readonly input: string;
  /** Whether the input is the prompt with which it comes up. */
  readonly opening: boolean;
}

const appFree: Step = { kind: "app-free" };
const idle: Step = { kind: "report", state: "idle", message: waiting, uri: "" };

/**
 * What an agent is going to do about an input, beginning at an instant, when the input does not stand in the conversation
 * yet. What is drawn belongs to the workspace and to how long the conversation is, so that nothing else can change it.
 */
export function planTurn(
  { workspace, task }: Pair,
  { input, opening }: Turn,
  { at, ids }: { readonly at: Instant; readonly ids: IdSource },
): readonly Due[] {
  const draw: Draw = { ids, of: `${workspace.id}/${task?.conversation.length ?? 0}` };
  const { durations, behaviour } = workspace;
  const plan = new Plan(at);
  if (opening && isBlank(input)) {
    plan.after(drawSpan(durations.first_reply, draw, "first_reply"), idle);
    return plan.due;
  }
  const acts = opening
    ? (behaviour.script?.opening ?? openingActs(drawSpan(durations.first_reply, draw, "first_reply")))
    : (reactionTo(behaviour.script, input) ??
      replyActs(drawSpan(durations.reply, draw, "reply"), input, ids));
  const values = placeholderValues(input, task?.name ?? workspace.name);
  const state = planActs(plan, acts, { values, draw });
  // At its first work the agent was free all along; freeing it would undo what a hand has set meanwhile.
  if (!opening) plan.after(0, appFree);
  if (state === undefined || state === "working") plan.after(0, idle);
  return plan.due;
}

/** Whether a prompt says nothing, so that an agent that comes up with it waits for an input. */
export function isBlank(prompt: string): boolean {
  return prompt.trim() === "";
}

function reactionTo(script: AgentScript | undefined, input: string): readonly Act[] | undefined {
  if (script === undefined) return undefined;
  return script.reactions.find(({ when }) => fits(when, input))?.acts ?? script.otherwise;
}

function fits(trigger: Trigger, input: string): boolean {
  switch (trigger.kind) {
    case "text":
      return input.toLowerCase().includes(trigger.text.toLowerCase());
    case "pattern":
      return trigger.matches(input);
    default:
      return assertNever(trigger);
  }
}

/** Puts the acts into the plan and gives the state of the last report among them. */
function planActs(
  plan: Plan,
  acts: readonly Act[],
  { values, draw }: { readonly values: PlaceholderValues; readonly draw: Draw },
): ReportState | undefined {
  let state: ReportState | undefined;
  for (const [index, act] of acts.entries()) {
    switch (act.kind) {
      case "think":
        plan.wait(drawSpan(act.span, draw, `think/${index}`));
        break;
      case "say":
        plan.after(0, { kind: "message", role: "agent", content: fillPlaceholders(act.text, values) });
        break;
      case "report":
        state = act.state;
        plan.after(0, {
          kind: "report",
          state: act.state,
          message: fillPlaceholders(act.message, values),
          uri: fillAddress(act.uri, values),
        });
        break;
      default:
        assertNever(act);
    }
  }
  return state;
}
