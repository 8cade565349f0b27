// How long an advance over a thousand events takes, the check of its answer included. Run by hand:
//     npx tsx bench/clock.mjs [SCENARIO]
import { startTestMock } from "../test/support/test-mock.ts";

const rounds = 15;
const wanted = 1_000;
/** More than enough for the whole start of every task. */
const ways = { by: { by: "1m" }, next: { next: wanted }, until: undefined };

const mock = await startTestMock({ scenario: process.argv[2] ?? "empty" });
// The sources read the admin API's document at its first call; the built mock has it at hand.
await mock.ask("GET", "/__admin/clock");

console.log(
  `advance over at least ${wanted} events, milliseconds of ${rounds} rounds (first, median, slowest)`,
);
for (const [way, order] of Object.entries(ways)) {
  const times = [];
  let events = 0;
  for (let round = 0; round < rounds; round++) {
    mock.reset();
    const last = await createTasks();
    const body = order ?? { until: { task: last, state: "idle" } };
    const began = performance.now();
    const answer = await mock.ask("POST", "/__admin/clock/advance", { body });
    times.push(performance.now() - began);
    if (answer.status !== 200) throw new Error(answer.text);
    events = answer.body.events.length;
  }
  const [first] = times;
  const sorted = times.toSorted((one, other) => one - other);
  const figures = [first, sorted[sorted.length >> 1], sorted.at(-1)].map((time) => time.toFixed(1));
  console.log(`${way.padEnd(6)} ${String(events).padStart(5)} events  ${figures.join("  ")}`);
}
// The test mock's server and its kept connections would hold the process.
process.exit();

/** Enough tasks that were just created for the events that are wanted; gives the id of the last. */
async function createTasks() {
  const { id } = mock.version("web-agent");
  let last = "";
  for (let index = 0; index < wanted / 7; index++) {
    const input = `Task ${index}: find out why the login test fails about one run in five, and fix it.`;
    const created = await mock.ask("POST", "/tasks/me", { body: { template_version_id: id, input } });
    if (created.status !== 201) throw new Error(created.text);
    last = created.body.id;
  }
  return last;
}
