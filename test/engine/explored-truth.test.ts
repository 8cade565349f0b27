import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/contract/json.ts";
import { resolvePointer } from "../../src/contract/json-pointer.ts";
import { handled } from "../../src/operations/reply.ts";
import { answer, cases, everything, exploring, subject, subjects } from "./explored-answers.ts";

/** Values by pointer, the varied ones left out. */
function untouched(body: unknown, varied: readonly string[]): JsonValue {
  const places = varied.map((one) => one.slice(0, one.indexOf(" ")));
  const copy = (value: unknown, pointer: string): JsonValue => {
    if (places.includes(pointer)) return null;
    if (isJsonArray(value)) return value.map((item, index) => copy(item, `${pointer}/${index}`));
    if (!isJsonObject(value)) return JSON.parse(JSON.stringify(value));
    const names = Object.keys(value).filter((name) => !places.includes(`${pointer}/${name}`));
    return Object.fromEntries(names.map((name) => [name, copy(value[name], `${pointer}/${name}`)]));
  };
  return copy(body, "");
}

describe("a varied answer", () => {
  it("is the true one wherever it does not say otherwise, and the true one is left as it is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.string(),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (one, seed, rate) => {
          const explorer = exploring(one.of, { seed, rate });
          const truth = one.of.answers.get(one.id)?.body;
          for (let round = 0; round < 5; round++) {
            const { reply, varied } = answer(explorer, one.of, one.id);
            expect(untouched(reply.body, varied)).toEqual(untouched(truth, varied));
            if (varied.length > 0) expect(reply.body).not.toBe(truth);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(subjects)("of $name never tells another id, name, status, count or input", (of) => {
    const kept =
      /(?:^|\/)(?:(?:\w+_)?id|name|display_name|\w+_name|owner_name|status|\w+_status|count|\w+_number|initial_prompt|transition|type|valid|healthy|snapshot)$/;
    const harmless = /^(?:missing|null|not valid|in upper case)$/;
    for (const id of of.answers.keys()) {
      const wrong = [...everything(of, id).seen].filter((one) => {
        const [pointer = "", ...label] = one.split(" ");
        return (
          kept.test(pointer) && !pointer.endsWith("template_display_name") && !harmless.test(label.join(" "))
        );
      });
      expect(wrong).toEqual([]);
    }
  });

  it("writes the same instant and the same id, whatever the writing", () => {
    for (const of of subjects) {
      for (const [id, { body }] of of.answers) {
        const explorer = exploring(of, { kinds: ["format"], rate: 1 });
        for (let round = 0; round < 20; round++) {
          const { reply, varied } = answer(explorer, of, id);
          for (const pointer of varied.map((one) => one.slice(0, one.indexOf(" ")))) {
            const own = String(resolvePointer(body, pointer));
            const written = String(isJsonObject(reply.body) && resolvePointer(reply.body, pointer));
            expect(written).not.toBe(own);
            if (/^\d{4}-.*[tT]/.test(own)) expect(Date.parse(written)).toBe(Date.parse(own));
            else expect(written.toLowerCase()).toBe(own);
          }
        }
      }
    }
  });

  it("agrees with the status of its task on how far the agent is", () => {
    const of = subject("2.34 wire");
    const task = of.answers.get("get-ai-task-by-id-or-name")?.body;
    for (const [status, lifecycle, values] of [
      ["active", "ready", ["start_timeout", "start_error"]],
      ["initializing", "created", ["starting", "ready", "start_timeout", "start_error"]],
      [
        "paused",
        "off",
        [
          "created",
          "starting",
          "ready",
          "start_timeout",
          "start_error",
          "shutting_down",
          "shutdown_timeout",
          "shutdown_error",
        ],
      ],
    ] as const) {
      const explorer = exploring(of, { kinds: ["enum"], rate: 1 });
      const seen = new Set<unknown>();
      const body = { ...task, status, workspace_agent_lifecycle: lifecycle };
      for (let round = 0; round < 60; round++) {
        const { reply } = answer(explorer, of, "get-ai-task-by-id-or-name", { ...handled(200), body });
        if (isJsonObject(reply.body)) seen.add(reply.body["workspace_agent_lifecycle"]);
      }
      expect([...seen].sort()).toEqual([...values].sort());
    }
  });
});
