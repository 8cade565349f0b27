import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import { movedTo } from "../../src/domain/world-start.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { assets } from "../support/assets.ts";
import { answersIn, disturb, everythingIn, pass, someInstant, startOf, worldFrom } from "./moved-worlds.ts";
import { scenarioFrom } from "./scenario-text.ts";

const { library } = assets;
/** The largest has its turn among the long tests. */
const names = library.names().filter((name) => name !== "large");
const someDay = asInstant(Date.UTC(2031, 4, 6, 7, 8, 9, 10));

describe.each(names)("the start of %s, moved to another instant", (name) => {
  it("is the one that is built there: in itself, in what answers show, and in what happens next", async () => {
    const start = await startOf(name);
    await fc.assert(
      fc.asyncProperty(someInstant, fc.nat(20_000), async (instant, wait) => {
        const [built, moved] = [worldFrom(await startOf(name, instant)), worldFrom(movedTo(start, instant))];
        expect(await answersIn(moved)).toEqual(await answersIn(built));
        expect(everythingIn(moved)).toStrictEqual(everythingIn(built));
        for (const world of [built, moved]) pass(world, wait);
        expect(everythingIn(moved)).toStrictEqual(everythingIn(built));
      }),
      { numRuns: 3 },
    );
  });

  it("is left as it was by every world that began there", async () => {
    const start = await startOf(name);
    const there = movedTo(start, someDay);
    const [before, untouched, busy] = [everythingIn(worldFrom(there)), worldFrom(there), worldFrom(there)];
    await disturb(busy);
    pass(busy, 10_000);
    expect(everythingIn(busy)).not.toEqual(before);
    expect(everythingIn(untouched)).toStrictEqual(before);
    expect(everythingIn(worldFrom(there))).toStrictEqual(before);
    expect(everythingIn(worldFrom(movedTo(start, someDay)))).toStrictEqual(before);
  });
});

describe("a moved start", () => {
  it("gives the same object for the same thing, so that what is remembered of it stays good", async () => {
    const there = movedTo(await startOf("default"), someDay);
    const [one, other] = [worldFrom(there), worldFrom(there)];
    const [first] = one.tables.tasks.values();
    if (first === undefined) throw new Error("The scenario has no task.");
    expect(other.task(first.id)).toBe(first);
    expect([...other.tables.tasks.values()][0]).toBe(first);
  });

  it("is the start itself when it is moved to where it is", async () => {
    const start = await startOf("default");
    expect(movedTo(start, start.startsAt)).toBe(start);
  });

  it("can be moved again, with all that has become due moved as well", async () => {
    const start = await startOf("default");
    const there = movedTo(start, someDay);
    expect(everythingIn(worldFrom(movedTo(there, start.startsAt)))).toStrictEqual(
      everythingIn(worldFrom(start)),
    );
  });
});

const task = (rest: string) => `tasks: [{ name: one, owner: mateo, template: web-agent, ${rest} }]`;

describe("a start state may be moved", () => {
  it.each([
    ["that states ages only", task("created: 2h, stage: paused, prompt: Hello")],
    ["that says nothing of time", task("stage: idle")],
    ["that says when its clock starts", `clock: { start: 2020-01-01T00:00:00Z }\n${task("created: 2h")}`],
    ["of a task that has been there for a century", task("created: 36000d, stage: idle, prompt: Hello")],
    ["with something still to come", task("created: 1m, stage: starting, continues: true")],
    ["whose snapshot leaves its times open", task('snapshot: { messages: [{ role: user, content: "" }] }')],
  ])("from a scenario %s", async (_, text) => {
    const source = await scenarioFrom(text);
    const start = await buildStart(source, library.fixtures, { seed: "1" });
    expect(start.movable).toBe(true);
    const there = await buildStart(source, library.fixtures, { seed: "1", startsAt: someDay });
    expect(everythingIn(worldFrom(movedTo(start, someDay)))).toStrictEqual(everythingIn(worldFrom(there)));
  });

  it.each([
    ["a task", task("created: 2026-01-01T00:00:00Z")],
    ["a stage", task("created: 20d, since: 2026-02-01T00:00:00Z, stage: idle")],
    ["a message", task("created: 2d, messages: [{ user: Hello, at: 2026-02-01T00:00:00Z }]")],
    ["a report", task("created: 2d, reports: [{ state: idle, at: 2026-02-01T00:00:00Z }]")],
    ["what is to come", task("due: [{ step: app-free, at: 2026-02-03T00:00:00Z }]")],
    ["a build", task("created: 2d, builds: [{ transition: start, created: 2026-02-01T00:00:00Z }]")],
    ["a snapshot", task("created: 20d, snapshot: { at: 2026-02-01T00:00:00Z }")],
    [
      "a snapshot's message",
      task('snapshot: { messages: [{ role: user, content: "", time: 2026-02-01T00:00:00Z }] }'),
    ],
    ["a user", "users: [{ username: kim, created: 2026-01-01T00:00:00Z }]"],
    ["a token", "users: [{ username: kim, tokens: [{ token: t, expires: 2027-01-01T00:00:00Z }] }]"],
    ["a template", "templates: [{ name: t, organization: harbor, created: 2026-01-01T00:00:00Z }]"],
    ["an organization", "organizations: [harbor, labs, { name: o, created: 2026-01-01T00:00:00Z }]"],
  ])("unless the scenario states the instant of %s", async (_, text) => {
    const start = await buildStart(await scenarioFrom(text), library.fixtures, { seed: "1" });
    expect(start.movable).toBe(false);
    expect(() => movedTo(start, someDay)).toThrow("was to be moved");
  });
});
