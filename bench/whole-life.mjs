// How long the whole life of a task takes in wall time: create, send, pause, resume and delete, with the clock advanced until
// each state is there, over HTTP, every answer checked. Run by hand:
//     npx tsx bench/whole-life.mjs
import { live, wholeLife } from "../test/http/whole-life.ts";
import { HttpClient } from "../test/support/http-client.ts";
import { serveMock } from "../test/support/served-mock.ts";
import { median } from "./load.mjs";

const rounds = 30;

const served = await serveMock();
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
await served[Symbol.asyncDispose]();
const figures = [times[0], median(times), Math.max(...times)].map((time) => `${time.toFixed(1)} ms`);
console.log(`${wholeLife.length} calls, ${rounds} rounds (first, median, slowest): ${figures.join(", ")}`);
