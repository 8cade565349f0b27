// What many worlds leave behind: the heap before two hundred worlds are made, once sixteen clients have driven them (with what the clients remember), and after
// all are deleted, over and over on one server. Run by hand:
//     NODE_OPTIONS=--expose-gc npx tsx bench/crowd.mjs [rounds]
import { setImmediate } from "node:timers/promises";
import { drive, gather } from "../test/property/crowd.ts";
import { HttpClient } from "../test/support/http-client.ts";
import { serveMock } from "../test/support/served-mock.ts";

const rounds = Number(process.argv[2] ?? 6);
const size = { worlds: 200, clients: 16, steps: 300 };
const { gc } = globalThis;
if (gc === undefined) {
  console.error("Memory can only be told with NODE_OPTIONS=--expose-gc.");
  process.exit(2);
}

const served = await serveMock();
console.log(`${size.worlds} worlds, ${size.clients} clients with ${size.steps} steps each; heap in MB`);
for (let round = 1; round <= rounds; round++) {
  const before = await usedHeap();
  const began = performance.now();
  const during = await liveAndDie(round);
  const took = (performance.now() - began) / 1_000;
  const after = await usedHeap();
  console.log(
    `round ${round}: before ${MB(before)}, driven ${MB(during)}, deleted ${MB(after)}  (${took.toFixed(1)} s)`,
  );
}
await served[Symbol.asyncDispose]();

/** The heap while the worlds are there; what drives them is gone with the function. */
async function liveAndDie(round) {
  const worlds = await gather(served.url, size);
  await drive(served.url, worlds, { ...size, seed: round * 1_000 });
  const during = await usedHeap();
  const client = new HttpClient(served.url);
  for (const world of worlds) await world.remove(client);
  client.close();
  return during;
}

async function usedHeap() {
  // Connections that were closed are gone only after another turn.
  for (let turn = 0; turn < 5; turn++) await setImmediate();
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

function MB(bytes) {
  return (bytes / 1e6).toFixed(1).padStart(5);
}
