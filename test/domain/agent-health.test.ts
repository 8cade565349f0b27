import { describe, expect, it } from "vitest";
import {
  type AgentLifecycle,
  agentLifecycles,
  type Connection,
  connections,
} from "../../src/domain/agent.ts";
import { agentHealth } from "../../src/domain/agent-health.ts";
import { moveAgent, newAgent, setConnection } from "../../src/domain/change-agent.ts";
import { IdSource } from "../../src/domain/id-source.ts";
import { beginning } from "../support/world-builder.ts";

function agent(lifecycle: AgentLifecycle, connection: Connection) {
  return { ...newAgent("", { at: beginning, ids: new IdSource("") }), lifecycle, connection };
}

const combinations = agentLifecycles.flatMap((lifecycle) =>
  connections.map((connection) => ({ lifecycle, connection })),
);

/** The first row that fits. */
const reasons: readonly (readonly [pattern: RegExp, reason: RegExp | undefined])[] = [
  [/ timeout$/, /taking too long to connect/],
  [/^off disconnected$/, /not running/],
  [/ disconnected$/, /lost connection/],
  [/^start_error /, /startup script/],
  [/^(shutting_down|shutdown_timeout|shutdown_error) /, /shutting down/],
  [/^off /, /not running/],
  [/^/, undefined],
];

describe("an agent's health", () => {
  it.each(combinations)("with lifecycle $lifecycle, connection $connection", ({ lifecycle, connection }) => {
    const reason = reasons.find(([pattern]) => pattern.test(`${lifecycle} ${connection}`))?.[1];

    expect(agentHealth(agent(lifecycle, connection))).toEqual(
      reason === undefined ? { healthy: true } : { healthy: false, reason: expect.stringMatching(reason) },
    );
  });
});

describe("an agent that moves on", () => {
  it("drops the stamp of a lost connection once it is back, and keeps its first", () => {
    const first = moveAgent(agent("created", "connecting"), "ready", beginning);
    const lost = setConnection(first, "disconnected", beginning);
    const back = setConnection(lost, "connected", beginning);

    expect(lost.disconnectedAt).toBe(beginning);
    expect(back).toEqual(first);
  });

  it("is disconnected once it is off", () => {
    expect(moveAgent(agent("ready", "connected"), "off", beginning)).toMatchObject({
      lifecycle: "off",
      connection: "disconnected",
      disconnectedAt: beginning,
    });
  });
});
