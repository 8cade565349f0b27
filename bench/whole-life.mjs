// How long the whole life of a task takes in wall time: create, send, pause, resume and delete, with the clock advanced until
// each state is there, over HTTP, every answer checked: with the first calls of a built server, and afterwards. Run by hand,
// after `npm run build`:
//     npx tsx bench/whole-life.mjs
import { live, wholeLife } from "../test/http/whole-life.ts";
import { HttpClient } from "../test/support/http-client.ts";
import { median } from "./load.mjs";
import { startServer } from "./server-process.mjs";

const rounds = 30;

const args = ["dist/cli/main.js", "--port", "0", "--log-format", "json", "--clock", "manual"];
const served = await startServer(args, { pinned: false });
const client = new HttpClient(served.url);
const times = [];
for (let round = 0; round < rounds; round++) {
  const began = performance.now();
  const answers = await live(client);
  times.push(performance.now() - began);
  const statuses = answers.map(({ status }) => status);
  if (statuses.some((status, index) => status !== wholeLife[index].status)) throw new Error(String(statuses));
  await client.call({ method: "POST", path: "/__admin/reset" });
}
client.close();
await served.stop();
const figures = [times[0], median(times), Math.max(...times)].map((time) => `${time.toFixed(1)} ms`);
console.log(`${wholeLife.length} calls, ${rounds} rounds (first, median, slowest): ${figures.join(", ")}`);
