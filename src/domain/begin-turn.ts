import type { Step } from "./due.ts";
import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import { type Pair, withApp, withTask } from "./pair.ts";
import { mergeDue } from "./plan.ts";
import { isBlank, planTurn, type Turn } from "./plan-turn.ts";
import { addMessage } from "./task.ts";

/**
 * The pair with its agent turned to an input, which stands in the conversation at once. What the agent was still going to
 * say before is off. At its first work after a start the app is free, so that a task can be sent to as soon as it is active;
 * at any other it is busy until the turn ends.
 */
export function beginTurn(
  pair: Pair,
  turn: Turn,
  moment: { readonly at: Instant; readonly ids: IdSource },
): Pair {
  const { input, opening } = turn;
  const kept = pair.workspace.due.filter(({ step }) => !isPartOfTurn(step));
  const due = mergeDue(kept, planTurn(pair, turn, moment));
  const planned: Pair = { ...pair, workspace: { ...pair.workspace, due } };
  if (opening && isBlank(input)) return planned;
  const heard = withTask(planned, (task) =>
    addMessage(task, { role: "user", content: input, at: moment.at }),
  );
  return opening ? heard : withApp(heard, moment.at, (app) => ({ ...app, busy: true }));
}

/** Whether a step is something that the agent does about what it was told. */
export function isPartOfTurn({ kind }: Step): boolean {
  return kind === "turn" || kind === "message" || kind === "report" || kind === "app-free";
}
