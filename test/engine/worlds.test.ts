import { expect, it } from "vitest";
import { worldSessionToken } from "../../src/domain/world-token.ts";
import { LedgerBook } from "../../src/engine/coverage/ledger-book.ts";
import { FallbackAnswers } from "../../src/engine/fallback/fallback-answers.ts";
import { EventLog } from "../../src/engine/journal/event-log.ts";
import { ViolationLog } from "../../src/engine/journal/violation-log.ts";
import { WorldHost } from "../../src/engine/worlds/world-host.ts";
import { Worlds } from "../../src/engine/worlds/worlds.ts";
import { createStatefulOperations } from "../../src/operations/stateful-operations.ts";
import { createLazyGenerator } from "../../src/runtime/fallback-generator.ts";
import { contracts } from "../support/contracts.ts";
import { buildWorld } from "../support/world-builder.ts";

const key = { revision: "2.34", profile: "wire" } as const;

/** Hosts of worlds that all begin alike, and cost next to nothing to make. */
function hostMaker(leaving?: (host: WorldHost) => void): (id: string) => WorldHost {
  const surface = { contract: contracts.for(key), operations: createStatefulOperations(key) };
  const parts = {
    surfaceFor: () => surface,
    hostTime: () => 0,
    after: () => () => undefined,
    events: new EventLog(),
    answers: new FallbackAnswers(createLazyGenerator()),
    violations: new ViolationLog(100),
    coverage: new LedgerBook(),
    leaving,
  };
  const options = {
    settings: { scenario: "test", seed: "1", auth: "strict", ...key },
    clock: { mode: "manual", speed: 1 },
    journal: { exchanges: 5, bytes: 65_536 },
  } as const;
  const { start } = buildWorld();
  return (id) => new WorldHost(id, options, { parts, start });
}

/** Ids that bring their tags, so that no two of them share one by chance. */
const idOf = (number: number) => `${number.toString(16).padStart(6, "0")}.over`;

it("remembers by their tokens the latest 10,000 worlds that are over, as docs/worlds.md says", () => {
  const make = hostMaker();
  const worlds = new Worlds(make("default"), { limit: 10, strict: false, hostTime: () => 0 });
  const pass = (number: number) => {
    const host = make(idOf(number));
    worlds.add(host);
    worlds.remove(host);
  };
  const meant = (number: number) => worlds.idOfToken(worldSessionToken(idOf(number), "olga"));
  for (let number = 0; number < 10_000; number++) pass(number);
  for (const number of [0, 1, 5_000, 9_999]) expect(meant(number)).toBe(idOf(number));
  expect(meant(10_000)).toBeUndefined();
  pass(10_000);
  expect([meant(0), meant(1), meant(10_000)]).toEqual([undefined, idOf(1), idOf(10_000)]);
});

it("tells once of a world that goes, also when a reset that was on its way comes to it too late", () => {
  const left: string[] = [];
  const make = hostMaker(({ id }) => left.push(id));
  const worlds = new Worlds(make("default"), { limit: 10, strict: false, hostTime: () => 0 });
  const host = make("short");
  worlds.add(host);
  worlds.remove(host);
  const { start, settings } = host.world;
  host.restart({ start, settings, clock: host.options.clock, cause: "reset" });
  expect(left).toEqual(["short"]);
});
