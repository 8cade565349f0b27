import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainBehaviour } from "../../src/domain/behaviour.ts";
import { type AgentLogLine, type LogScripts, logLevels, logSources } from "../../src/domain/log-script.ts";
import { withBehaviour } from "../../src/scenarios/behaviour-from-record.ts";
import { exportBehaviour } from "../../src/scenarios/export/export-behaviour.ts";
import { anySpan } from "../domain/any-behaviour.ts";
import { mockOf } from "../http/own-scenario.ts";
import { assets } from "../support/assets.ts";
import { findingsIn } from "./scenario-text.ts";

function closing(name: string, start: string, agent: string): string {
  return `  - name: ${name}
    owner: mateo
    template: web-agent
    stage: pending
    continues: true
    behaviour:
      start: ${start}
      agent: ${agent}
      build_log: { start: [{ stage: Planning, output: first }, { output: done, closing: true }, { output: swept }] }
      agent_log: [{ output: one }, { output: up, closing: true }]`;
}

const scenario = `
organizations: [harbor]
users: [mateo]
templates: [web-agent]
clock: { start: 2026-02-02T09:00:00Z }
tasks:
  - name: failing
    owner: mateo
    template: web-agent
    stage: pending
    continues: true
    behaviour:
      start: { fails: "exit status 1" }
      build_log:
        start:
          - { stage: Planning, output: first }
          - { after: 1s, output: second, source: provisioner_daemon }
          - { after: 1h, level: debug, output: never }
  - name: starting
    owner: mateo
    template: web-agent
    stage: pending
    continues: true
    behaviour:
      agent_log: [{ output: one }, { after: 5m, level: warn, output: two }]
${closing("closing", "succeeds", "ready")}
${closing("closing-and-hangs", "hangs", "ready")}
${closing("closing-and-fails", "{ fails: exit status 1 }", "ready")}
${closing("closing-and-slow", "succeeds", "start-timeout")}
${closing("closing-and-broken", "succeeds", "start-error")}
`;

async function linesOf(kind: "workspacebuilds" | "workspaceagents", task: string, seconds: number) {
  const mock = await mockOf(scenario);
  mock.pass(seconds);
  const { workspace, agent } = mock.inside(task);
  const id = kind === "workspacebuilds" ? workspace.builds[0]?.id : agent?.id;
  const { body } = await mock.ask("GET", `/api/v2/${kind}/${id}/logs`);
  return body;
}

describe("logs that a scenario scripts", () => {
  it("come in their time, and end with the error of a job that fails", async () => {
    const brief = (lines: readonly Record<string, string>[]) =>
      lines.map((line) => `${line["stage"]} ${line["log_level"]} ${line["log_source"]}: ${line["output"]}`);
    const first = "Planning info provisioner: first";
    const second = "Planning info provisioner_daemon: second";
    expect(brief(await linesOf("workspacebuilds", "failing", 0.6))).toEqual([first]);
    expect(brief(await linesOf("workspacebuilds", "failing", 1.5))).toEqual([first, second]);
    expect(brief(await linesOf("workspacebuilds", "failing", 60))).toEqual([
      first,
      second,
      "Planning error provisioner: exit status 1",
    ]);
  });

  it("are all there once an agent is ready", async () => {
    expect(await linesOf("workspaceagents", "starting", 60)).toMatchObject([
      { id: 1, level: "info", output: "one" },
      { id: 2, level: "warn", output: "two" },
    ]);
  });

  it.each([
    ["workspacebuilds", "closing", 1.2, ["first"]],
    ["workspacebuilds", "closing", 60, ["first", "done", "swept"]],
    ["workspacebuilds", "closing-and-hangs", 6000, ["first"]],
    ["workspacebuilds", "closing-and-fails", 60, ["first", "exit status 1"]],
    ["workspaceagents", "closing", 3.5, ["one"]],
    ["workspaceagents", "closing", 60, ["one", "up"]],
    ["workspaceagents", "closing-and-slow", 6000, ["one"]],
    ["workspaceagents", "closing-and-broken", 60, ["one", "Startup script exited with code 1"]],
  ] as const)(
    "of %s keep closing lines for a good end: %s after %d s",
    async (kind, task, seconds, expected) => {
      const lines = await linesOf(kind, task, seconds);
      expect(lines.map(({ output }: { readonly output: string }) => output)).toEqual(expected);
    },
  );

  it("must have spans that can be", async () => {
    const text = `tasks: [{ name: a, owner: olga, template: web-agent, behaviour: { agent_log: [{ after: 2d, output: x }] } }]`;
    expect((await findingsIn(text, assets.library.fixtures)).join()).toContain(
      "/behaviour/agent_log/0/after",
    );
  });
});

const agentLine: fc.Arbitrary<AgentLogLine> = fc.record(
  {
    after: anySpan(5000),
    level: fc.constantFrom(...logLevels),
    output: fc.string(),
    closing: fc.boolean(),
  },
  { requiredKeys: ["after", "level", "output"] },
);
const buildLine = fc
  .tuple(agentLine, fc.string(), fc.constantFrom(...logSources))
  .map(([line, stage, source]) => ({ ...line, stage, source }));
const anyLogs: fc.Arbitrary<LogScripts> = fc.record({
  build: fc.record({ start: fc.array(buildLine), stop: fc.array(buildLine) }, { requiredKeys: ["start"] }),
  agent: fc.array(agentLine),
});

describe("an exported behaviour", () => {
  it("has the logs that it had", () => {
    fc.assert(
      fc.property(anyLogs, (logs) => {
        const behaviour = { ...plainBehaviour, logs };
        const record = exportBehaviour(behaviour);
        expect(withBehaviour(plainBehaviour, record, new Map())).toEqual(behaviour);
      }),
    );
  });
});
