// What a world of ten thousand tasks costs over HTTP: time of POST /__admin/worlds, first and hundredth, and the memory of the
// process for each. Run by hand, after `npm run build`:
//     node bench/create-worlds.mjs [SCENARIO]
import { fileURLToPath } from "node:url";
import { median } from "./load.mjs";
import { startServer } from "./server-process.mjs";

const scenario = process.argv[2] ?? "large";
const program = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const worlds = 100;

for (const clock of ["manual", "real"]) {
  const args = [
    program,
    "serve",
    "--port",
    "0",
    "--scenario",
    scenario,
    "--clock",
    clock,
    "--log-format",
    "json",
  ];
  const server = await startServer(args, { pinned: false });
  await (await fetch(`${server.url}/__admin/health`)).text();
  const before = server.memory();
  const times = [];
  for (let index = 0; index < worlds; index++) {
    const began = performance.now();
    const made = await fetch(`${server.url}/__admin/worlds`, { method: "POST" });
    await made.text();
    times.push(performance.now() - began);
    if (made.status !== 201) throw new Error(`The answer is a ${made.status}.`);
  }
  const memory = ((server.memory() - before) * 1_024) / worlds;
  const figures = [times[0], times.at(-1), median(times)].map((time) => `${time.toFixed(1)} ms`);
  console.log(
    `${scenario}, clock ${clock}: first, hundredth, median: ${figures.join(", ")}; ${memory.toFixed(0)} KiB of process a world`,
  );
  await server.stop();
}
