import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { ScenarioStore } from "../../src/runtime/scenario-store.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { createLibrary } from "../../src/scenarios/scenario-library.ts";
import { ScenarioError, type ScenarioSource } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";
import { everythingIn, worldFrom } from "./moved-worlds.ts";
import { scenarioFrom } from "./scenario-text.ts";

const { fixtures } = assets.library;
const someDay = asInstant(Date.UTC(2031, 4, 6, 7, 8, 9, 10));
const nextDay = asInstant(someDay + 86_400_000);

interface Counted {
  readonly store: ScenarioStore;
  /** How often the document was read. */
  reads(): number;
}

/** A store of one scenario that tells how often it is built. */
async function storeOf(text: string): Promise<Counted> {
  const source = await scenarioFrom(text);
  let reads = 0;
  const counted: ScenarioSource = {
    ...source,
    checked: true,
    get document() {
      reads += 1;
      return source.document;
    },
  };
  const store = new ScenarioStore(createLibrary([counted], fixtures));
  return { store, reads: () => reads };
}

const task = (rest: string) => `tasks: [{ name: one, owner: mateo, template: web-agent, ${rest} }]`;
const ages = task("created: 2h, stage: idle, prompt: Hello");
const calendar = task("created: 2026-01-01T00:00:00Z, since: 1h, stage: idle, prompt: Hello");

async function startIn({ store }: Counted, at?: number, seed = "1"): Promise<WorldStart> {
  const start = await store.startFor({
    scenario: "sample",
    seed,
    at: at === undefined ? undefined : asInstant(at),
  });
  if (start === undefined) throw new Error("The scenario is not known.");
  return start;
}

describe("a store of scenarios", () => {
  it("builds a start state once for all who ask, at the same time or later, for whatever instant", async () => {
    const counted = await storeOf(ages);
    const [own, again, moved] = await Promise.all([
      startIn(counted),
      startIn(counted),
      startIn(counted, someDay),
    ]);
    const once = counted.reads();
    expect(again).toBe(own);
    expect(moved.startsAt).toBe(someDay);
    expect((await startIn(counted, nextDay)).startsAt).toBe(nextDay);
    expect(await startIn(counted, own.startsAt)).toBe(own);
    expect(counted.reads()).toBe(once);
    expect((await startIn(counted, someDay, "2")).tables.tasks.size).toBe(1);
    expect(counted.reads()).toBeGreaterThan(once);
  });

  it.each([
    ["ages", ages],
    ["instants of the calendar", calendar],
  ])("gives the state that is built at an instant, from a scenario that states %s", async (_, text) => {
    const source = await scenarioFrom(text);
    const built = await buildStart(source, fixtures, { seed: "1", startsAt: someDay });
    const given = await startIn(await storeOf(text), someDay);
    expect(everythingIn(worldFrom(given))).toStrictEqual(everythingIn(worldFrom(built)));
  });

  it("tries again after a build that failed", async () => {
    const source = await scenarioFrom(ages);
    const broken = await scenarioFrom(task("created: never"));
    let document = broken.document;
    const mended: ScenarioSource = {
      ...source,
      get document() {
        return document;
      },
    };
    const store = new ScenarioStore(createLibrary([mended], fixtures));
    const ask = () => store.startFor({ scenario: "sample", seed: "1", at: undefined });
    const failures = await Promise.allSettled([ask(), ask()]);
    for (const failure of failures) {
      expect(failure.status === "rejected" && failure.reason).toBeInstanceOf(ScenarioError);
    }
    document = source.document;
    expect((await ask())?.tables.tasks.size).toBe(1);
  });

  it("keeps what is asked for again and again, however many seeds come by", async () => {
    const counted = await storeOf(ages);
    const own = await startIn(counted);
    for (let seed = 2; seed < 80; seed++) {
      await startIn(counted, undefined, String(seed));
      expect(await startIn(counted)).toBe(own);
    }
    const before = counted.reads();
    await startIn(counted, undefined, "2");
    expect(counted.reads()).toBeGreaterThan(before);
  });

  it("knows no scenario that its library does not have", async () => {
    const { store } = await storeOf(ages);
    expect(await store.startFor({ scenario: "other", seed: "1", at: someDay })).toBeUndefined();
  });
});
