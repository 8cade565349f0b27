import { describe, expect, it } from "vitest";
import { isJsonArray, isJsonObject } from "../../src/contract/json.ts";
import { resolvePointer } from "../../src/contract/json-pointer.ts";
import { handled } from "../../src/operations/reply.ts";
import { answer, cases, everything, exploring, subject, subjects } from "./explored-answers.ts";

describe("nothing is left out", () => {
  it.each(cases.map((one) => ({ ...one, name: `${one.of.name} ${one.id}` })))(
    "$name uses each freedom within as many answers as there are",
    ({ of, id }) => {
      const { answers, freedoms } = everything(of, id, { rate: 0.001 });
      expect(answers).toBeLessThanOrEqual(Math.max(freedoms, 1));
    },
  );

  it("leaves out every optional property of a task", () => {
    for (const of of subjects) {
      const schema = resolvePointer(of.contract.document, "/components/schemas/Task");
      if (!isJsonObject(schema) || !isJsonObject(schema["properties"]))
        throw new Error("No schema of a task.");
      const { properties, required } = schema;
      const body = { ...of.answers.get("get-ai-task-by-id-or-name")?.body, owner_avatar_url: "/me.png" };
      const explorer = exploring(of);
      const missing = new Set<string>();
      for (let round = 0; round < 40; round++) {
        const { reply } = answer(explorer, of, "get-ai-task-by-id-or-name", { ...handled(200), body });
        for (const name of Object.keys(properties)) {
          if (isJsonObject(reply.body) && reply.body[name] === undefined) missing.add(name);
        }
      }
      const optional = Object.keys(properties).filter(
        (name) => !isJsonArray(required) || !required.includes(name),
      );
      expect([...missing].sort()).toEqual(optional.sort());
    }
  });

  it("gives every value of an enumeration that the state leaves open", () => {
    for (const of of subjects) {
      const states = resolvePointer(
        of.contract.document,
        "/components/schemas/TaskStateEntry/properties/state/enum",
      );
      if (!isJsonArray(states)) throw new Error("No states.");
      const { seen } = everything(of, "get-ai-task-by-id-or-name");
      for (const state of states.filter((one) => one !== "working")) {
        expect(seen).toContain(`/current_state/state ${JSON.stringify(state)}`);
      }
    }
  });

  it("gives every null of the wire profile, and its stand-in in the documented one", () => {
    const ids = ["workspace_agent_id", "workspace_app_id", "workspace_id"];
    const wire = everything(subject("2.34 wire"), "get-ai-task-by-id-or-name").seen;
    for (const name of [...ids, "current_state", "workspace_agent_health", "workspace_agent_lifecycle"]) {
      expect(wire).toContain(`/${name} null`);
    }
    const documented = everything(subject("2.34 documented"), "get-ai-task-by-id-or-name").seen;
    for (const name of ids) expect(documented).toContain(`/${name} not valid`);
  });

  it("gives empty logs, texts at their bounds and other writings", () => {
    const of = subject("2.34 wire");
    const logs = everything(of, "get-ai-task-logs").seen;
    expect(logs).toContain("/logs empty");
    expect(logs).toContain("/logs/1/content longest");
    expect([...logs].filter((one) => one.startsWith("/logs/0/content"))).toEqual([]);
    const task = everything(of, "get-ai-task-by-id-or-name").seen;
    for (const one of [
      "/current_state/message shortest",
      "/current_state/message unusual",
      "/created_at with offset +05:30",
      "/created_at in lower case",
      "/created_at to the nanosecond",
      "/id in upper case",
    ]) {
      expect(task).toContain(one);
    }
  });
});
