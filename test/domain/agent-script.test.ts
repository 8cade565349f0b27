import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Act, AgentScript } from "../../src/domain/agent-script.ts";
import { currentState } from "../../src/domain/current-state.ts";
import { fillAddress, fillPlaceholders, placeholderValues } from "../../src/domain/placeholders.ts";
import { fixed } from "../../src/domain/span.ts";
import type { Task } from "../../src/domain/task.ts";
import { latestBuild } from "../../src/domain/workspace.ts";
import type { World } from "../../src/domain/world.ts";
import { anyCharacter } from "../support/any-character.ts";
import { advance, beginning, buildWorld } from "../support/world-builder.ts";
import { anyBehaviour } from "./any-behaviour.ts";
import { begin, create, read, send } from "./started-task.ts";

const think = (milliseconds: number): Act => ({ kind: "think", span: fixed(milliseconds) });
const say = (text: string): Act => ({ kind: "say", text });
const report = (state: "working" | "idle" | "complete" | "failure", message: string, uri = ""): Act => ({
  kind: "report",
  state,
  message,
  uri,
});

function scripted(script: Partial<AgentScript>): AgentScript {
  return { name: "test", opening: undefined, reactions: [], otherwise: undefined, ...script };
}

/** What the agent has said, and what the task says of itself. */
function heard(world: World, id: Task["id"]): readonly unknown[] {
  const { task, workspace } = read(world, id);
  const said = task.conversation.filter(({ role }) => role === "agent").map(({ content }) => content);
  const state = currentState(workspace);
  return [said, state?.state, state?.message];
}

function isBusy(world: World, id: Task["id"]): boolean | undefined {
  return latestBuild(read(world, id).workspace)?.agent?.app.busy;
}

/** When the app of a fresh task is healthy, in milliseconds. */
const up = 5_000;

describe("an opening", () => {
  const opening = [
    report("working", "Reading {topic}"),
    think(1_000),
    say("First."),
    think(2_000),
    say("Second."),
    report("complete", "Done", "https://example.com/{task}"),
  ];

  it("has its acts happen one after the other, each after the thinking before it", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { script: scripted({ opening }) } });
    const seen = [up - 1, up, up + 999, up + 1_000, up + 2_999, up + 3_000].map((instant) => {
      advance(world, instant - (world.now - beginning));
      return heard(world, id);
    });

    expect(seen).toEqual([
      [[], "working", "App is initializing"],
      [[], "working", "Reading Fix the tests"],
      [[], "working", "Reading Fix the tests"],
      [["First."], "working", "Reading Fix the tests"],
      [["First."], "working", "Reading Fix the tests"],
      [["First.", "Second."], "complete", "Done"],
    ]);
    expect(currentState(read(world, id).workspace)?.uri).toBe("https://example.com/fix");
    expect(world.nextDue).toBeUndefined();
  });

  it("stands behind the prompt in the conversation, and leaves the app free", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { script: scripted({ opening }) } });
    advance(world, up + 1_500);

    expect(isBusy(world, id)).toBe(false);
    expect(read(world, id).task.conversation).toMatchObject([
      { id: 1, role: "user", content: "Fix the tests", at: beginning + up },
      { id: 2, role: "agent", content: "First.", at: beginning + up + 1_000 },
    ]);
  });

  it("that is called off by an input never ends", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { script: scripted({ opening, otherwise: [say("Yes?")] }) } });
    advance(world, up + 1_500);
    send(world, id, "Wait");
    advance(world, 60_000);

    expect(heard(world, id)).toEqual([["First.", "Yes?"], "idle", "Waiting for input"]);
  });

  it.each(["", "  "])("is nothing that an agent does on the blank prompt %j", (prompt) => {
    const world = buildWorld();
    const { id } = create(world, { prompt, behaviour: { script: scripted({ opening }) } });
    advance(world, 60_000);

    expect(heard(world, id)).toEqual([[], "idle", "Waiting for input"]);
  });

  it("that says nothing is the one of every agent when the script has none", () => {
    const plain = buildWorld();
    const other = buildWorld();
    const one = create(plain);
    const two = create(other, { behaviour: { script: scripted({ otherwise: [say("No.")] }) } });
    advance(plain, 60_000);
    advance(other, 60_000);

    expect(read(other, two.id).task.conversation).toEqual(read(plain, one.id).task.conversation);
  });

  it("happens again after a resume only when there is a new prompt", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { script: scripted({ opening: [say("On {input}")] }) } });
    const seen = [undefined, "the docs"].map((prompt) => {
      advance(world, 60_000);
      begin(world, id, "stop");
      advance(world, 60_000);
      begin(world, id, "start", prompt);
      advance(world, 60_000);
      return heard(world, id)[0];
    });

    expect(seen).toEqual([["On Fix the tests"], ["On Fix the tests", "On the docs"]]);
  });
});

describe("a reaction", () => {
  const script = scripted({
    reactions: [
      { when: { kind: "text", text: "stop" }, acts: [say("Stopped.")] },
      {
        when: { kind: "pattern", pattern: "^fix", matches: (input) => input.startsWith("fix") },
        acts: [say("Fixed: {input}")],
      },
      { when: { kind: "text", text: "fix" }, acts: [say("Too late.")] },
    ],
    otherwise: [say("What?")],
  });

  it.each([
    ["stop", "Stopped."],
    ["Please STOP it", "Stopped."],
    ["fix it, then stop", "Stopped."],
    ["fix it", "Fixed: fix it"],
    ["do fix it", "Too late."],
    ["Hello", "What?"],
    ["sto p", "What?"],
  ])("is found for the input %j", (input, answer) => {
    const world = buildWorld();
    const { id } = create(world, { prompt: "", behaviour: { script } });
    advance(world, 60_000);
    send(world, id, input);
    advance(world, 60_000);

    expect(heard(world, id)).toEqual([[answer], "idle", "Waiting for input"]);
  });

  it("keeps the app busy until it ends, whatever was reported meanwhile", () => {
    const world = buildWorld();
    const acts = [report("idle", "Not really"), think(1_000), say("One."), think(1_000), say("Two.")];
    const { id } = create(world, { behaviour: { script: scripted({ otherwise: acts }) } });
    advance(world, 60_000);
    send(world, id, "Go");
    const seen = [0, 1_000, 999, 1].map((milliseconds) => {
      advance(world, milliseconds);
      return isBusy(world, id);
    });

    expect(seen).toEqual([true, true, true, false]);
  });

  it.each([
    [[], "idle", "Waiting for input"],
    [[say("Hm.")], "idle", "Waiting for input"],
    [[report("working", "On it")], "idle", "Waiting for input"],
    [[report("idle", "Over to you")], "idle", "Over to you"],
    [[report("complete", "Merged")], "complete", "Merged"],
    [[report("failure", "Gave up")], "failure", "Gave up"],
    [[report("complete", "Merged"), report("working", "More")], "idle", "Waiting for input"],
  ] as const)("of the acts %j ends with the report %s: %s", (acts, state, message) => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { script: scripted({ otherwise: acts }) } });
    advance(world, 60_000);
    send(world, id, "Go");
    advance(world, 60_000);

    expect(heard(world, id).slice(1)).toEqual([state, message]);
    expect(isBusy(world, id)).toBe(false);
    expect(world.nextDue).toBeUndefined();
  });

  it("thinks for a time within its span, each time another, and the same in a second run", () => {
    const otherwise: readonly Act[] = [
      { kind: "think", span: { least: 1_000, most: 50_000_000 } },
      say("Done."),
    ];
    const run = () => {
      const world = buildWorld();
      const { id } = create(world, { prompt: "", behaviour: { script: scripted({ otherwise }) } });
      advance(world, 60_000);
      return [1, 2, 3].map(() => {
        const from = world.now;
        send(world, id, "Go");
        advance(world, 50_000_000);
        return (read(world, id).task.conversation.at(-1)?.at ?? 0) - from;
      });
    };
    const spans = run();

    expect(new Set(spans).size).toBe(3);
    expect(spans.every((span) => span >= 1_000 && span <= 50_000_000)).toBe(true);
    expect(run()).toEqual(spans);
  });
});

describe("an answer without a script", () => {
  it("is made from the input and the seed", () => {
    const answers = (seed: string) => {
      const world = buildWorld({ seed });
      const { id } = create(world, { prompt: "" });
      advance(world, 60_000);
      for (let number = 0; number < 12; number++) {
        send(world, id, `Step ${number % 6}`);
        advance(world, 10_000);
      }
      return heard(world, id)[0];
    };
    const [one, same, other] = [answers("1"), answers("1"), answers("2")];
    if (!Array.isArray(one)) throw new Error("Nothing was said.");

    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one.slice(6)).toEqual(one.slice(0, 6));
    expect(one.every((answer, index) => String(answer).includes(`Step ${index % 6}`))).toBe(true);
    const wordings = one.map((answer) => String(answer).replaceAll(/\d/g, ""));
    expect(new Set(wordings).size).toBeGreaterThan(1);
  });
});

describe("a placeholder", () => {
  it.each([
    ["{input}", "Say  {task}!"],
    ["{topic}", "Say {task}"],
    ["{task} {task}", "fix fix"],
    ["{round} {Input} {} {input", "{round} {Input} {} {input"],
    ["plain", "plain"],
  ])("in %j is filled once: %j", (text, filled) => {
    expect(fillPlaceholders(text, placeholderValues("Say  {task}!", "fix"))).toBe(filled);
  });

  it("for the topic takes no longer than an input is long, whatever it is made of", () => {
    // With a pattern that is tied to the end, minutes.
    const { topic } = placeholderValues(`${".".repeat(1_000_000)}x`, "");
    expect(topic).toBe(`${".".repeat(79)}…`);
    expect(placeholderValues(`Mend it${"?!.".repeat(300_000)}`, "").topic).toBe("Mend it");
  });

  it("leaves a text alone that has none, and puts in every other as it is", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (input, task) => {
        expect(fillPlaceholders("<{input}|{task}>", placeholderValues(input, task))).toBe(
          `<${input}|${task}>`,
        );
        expect(fillPlaceholders(`${task.replaceAll("{", "")}`, placeholderValues(input, task))).toBe(
          task.replaceAll("{", ""),
        );
      }),
    );
  });

  it("in an address never makes it another address", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (input) => {
        const uri = fillAddress("https://example.com/{input}?of={task}", placeholderValues(input, "fix"));
        expect(new URL(uri).host).toBe("example.com");
        expect(uri).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
    expect(fillAddress("x/{input}", placeholderValues("\ud800 ", ""))).toBe("x/%EF%BF%BD%20");
  });
});

describe("a turn of any script", () => {
  it("ends with a free app and an agent that waits, is done or has failed", () => {
    fc.assert(
      fc.property(anyBehaviour, fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), (any, inputs) => {
        const world = buildWorld();
        const { script } = any;
        const { id } = create(world, { behaviour: { script } });
        for (const input of inputs) {
          advance(world, 60_000);
          send(world, id, input);
        }
        advance(world, 60_000);

        expect(isBusy(world, id)).toBe(false);
        expect(["idle", "complete", "failure"]).toContain(heard(world, id)[1]);
        expect(world.nextDue).toBeUndefined();
        const told = read(world, id).task.conversation.filter(({ role }) => role === "user");
        expect(told.map(({ content }) => content)).toEqual(["Fix the tests", ...inputs]);
      }),
    );
  });
});
