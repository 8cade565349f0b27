// What a world costs, in time and in memory that it keeps: the first of a start state and the hundredth, with a clock that
// stands and with one that runs. In process, so that nothing else is measured. Run by hand:
//     NODE_OPTIONS=--expose-gc npx tsx bench/worlds.mjs [SCENARIO ...]

import { Clock } from "../src/domain/clock.ts";
import { asInstant } from "../src/domain/instant.ts";
import { World } from "../src/domain/world.ts";
import { createStatefulOperations } from "../src/operations/stateful-operations.ts";
import { loadAssets } from "../src/runtime/assets.ts";
import { ScenarioStore } from "../src/runtime/scenario-store.ts";
import { median } from "./load.mjs";

const worlds = 100;
const named = process.argv.slice(2);
const names = named.length > 0 ? named : ["default", "busy-team", "large"];
const settings = { seed: "1", revision: "2.34", profile: "documented", auth: "any" };
const { gc } = globalThis;
if (gc === undefined) {
  console.error("Memory can only be told with NODE_OPTIONS=--expose-gc.");
  process.exit(2);
}

const { library } = await loadAssets();
// What the first build of a process waits for is the process, not the scenario.
await new ScenarioStore(library).startFor({ scenario: "busy-team", seed: "0", at: undefined });

for (const scenario of names) {
  const store = new ScenarioStore(library);
  const before = usedHeap();
  const build = await timed(() => store.startFor({ scenario, seed: settings.seed, at: undefined }));
  console.log(`${scenario}: built once in ${ms(build.took)}, ${kB(usedHeap() - before)}`);
  for (const mode of ["manual", "real"]) await measure(store, { scenario, mode });
}

async function measure(store, { scenario, mode }) {
  const kept = [];
  const times = [];
  const before = usedHeap();
  for (let index = 0; index < worlds; index++) {
    const { took, value } = await timed(() => makeWorld(store, { scenario, mode }));
    times.push(took);
    kept.push(value);
  }
  const each = (usedHeap() - before) / worlds;
  console.log(
    `  ${mode.padEnd(6)}  first ${ms(times[0])}, hundredth ${ms(times.at(-1))}, median ${ms(median(times))}; ${kB(each)} a world`,
  );
  const list = await timed(() => listIn(kept[0]));
  const again = usedHeap();
  const other = await timed(() => listIn(kept[1]));
  const held = kB(usedHeap() - again);
  console.log(
    `          the first list in a world: ${ms(list.took)}, in another: ${ms(other.took)}, which then holds ${held} more`,
  );
}

/** As the server makes one: with a running clock, the present is another for each of them. */
async function makeWorld(store, { scenario, mode }) {
  const at = mode === "real" ? asInstant(Math.floor(performance.timeOrigin + performance.now())) : undefined;
  const start = await store.startFor({ scenario, seed: settings.seed, at });
  return new World(start, { ...settings, scenario }, new Clock(() => 0, start.startsAt, { mode, speed: 1 }));
}

/** The list of all tasks, put together but neither checked nor written. */
async function listIn(world) {
  const operation = createStatefulOperations(settings)["list-ai-tasks"];
  const signed = operation.authenticate(world, { headers: { "coder-session-token": "any" }, query: [] });
  const found = signed.next.resolve({}, []);
  const { status, body } = await found.next.run({ query: [], body: { kind: "none" }, bodySize: 0 });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

async function timed(work) {
  const began = performance.now();
  const value = await work();
  return { took: performance.now() - began, value };
}

function usedHeap() {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

function ms(milliseconds) {
  return `${milliseconds.toFixed(milliseconds < 1 ? 3 : 1)} ms`;
}

function kB(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
