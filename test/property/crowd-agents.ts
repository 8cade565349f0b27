import fc from "fast-check";
import type { Json } from "../support/http-client.ts";
import type { CrowdCalls } from "./crowd-calls.ts";
import type { CrowdWorld } from "./crowd-world.ts";

/** What agents do with their own tokens. */
export const agentActs = (task: fc.Arbitrary<string>) => {
  const kind = fc.constantFrom<"hand-in" | "app-status">("hand-in", "app-status");
  return fc.record({ kind, task });
};
export type AgentAct = ReturnType<typeof agentActs> extends fc.Arbitrary<infer Act> ? Act : never;

/** The agent of a task, if it has one, hands in its messages or reports its state, which then shows. */
export async function doAsAgent(act: AgentAct, world: CrowdWorld, calls: CrowdCalls): Promise<void> {
  const kept = world.shown.tasks.get(act.task);
  if (kept === undefined) return;
  const before = await calls.admin("GET", `/tasks/${kept.id}`, [200]);
  if (before.agent === undefined) return;
  const by = { token: before.agent.token };
  const said = `${act.kind} for ${act.task} of ${world.mark}`;
  if (act.kind === "hand-in") {
    const messages = [{ id: 1, role: "agent", content: said, time: "2026-02-02T09:00:00Z" }];
    const path = `/workspaceagents/me/tasks/${kept.id}/log-snapshot?format=agentapi`;
    await calls.api("POST", path, [204], { ...by, body: { messages } });
  } else {
    const body = { app_slug: before.app.slug, state: "working", message: said, uri: "" };
    await calls.api("PATCH", "/workspaceagents/me/app-status", [200], { ...by, body });
  }
  const { snapshot, reports } = await calls.admin("GET", `/tasks/${kept.id}`, [200]);
  const shown: readonly Json[] = act.kind === "hand-in" ? snapshot.messages : reports;
  calls.check(
    shown.some(({ content, message }) => content === said || message === said),
    `${JSON.stringify(shown)} without ${said}`,
  );
}
