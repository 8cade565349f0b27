// Measures the built mock beside a bare Express application, in one run and in turn. docs/performance.md explains it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { firstRequest, loadCases, scenarios } from "./cases.mjs";
import { measureLoad, measureOneCaller, median } from "./load.mjs";
import { table } from "./report.mjs";
import { pinLoadGenerator, startServer } from "./server-process.mjs";

const usage = `Usage: npm run bench -- [--seconds N] [--warm-up N] [--rounds N] [--only CASE,...] [--quick]

  --seconds N   seconds of load that are counted, for each case, target and round [4]
  --warm-up N   seconds of load before that, not counted [1]
  --rounds N    rounds; the table has their medians [3]
  --only LIST   of ${loadCases.map(({ id }) => id).join(", ")}, one-caller, start
  --quick       one round of one second: does it still run?`;

const settings = readSettings();
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const programs = { bare: here("./bare-express.mjs"), mock: here("../dist/cli/main.js") };
const targets = ["bare", "mock"];
const folder = mkdtempSync(join(tmpdir(), "coder-tasks-mock-bench-"));
const pinned = pinLoadGenerator();

try {
  const loadBefore = loadavg()[0];
  const facts = machineFacts();
  console.log(facts.join("\n"));
  for (const [name, scenario] of Object.entries(scenarios)) {
    writeFileSync(scenarioFile(name), JSON.stringify(scenario));
  }
  const samples = await collectSamples();
  const lines = [
    ...(await measureCases(samples)),
    ...(await when("one-caller", () => measureOneCallers(samples))),
    ...(await when("start", () => measureStarts(samples))),
  ];
  facts.push(busyness(loadBefore));
  console.log(`${facts.at(-1)}\n\n${table(lines)}`);
  keep({ facts, lines });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readSettings() {
  const options = {
    seconds: { type: "string" },
    "warm-up": { type: "string", default: "1" },
    rounds: { type: "string" },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  };
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const seconds = Number(values.seconds ?? (values.quick ? 1 : 4));
    const warmUp = Number(values["warm-up"]);
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
    if (![seconds, warmUp, rounds].every((number) => Number.isInteger(number) && number > 0)) {
      throw new Error("--seconds, --warm-up and --rounds take whole numbers above 0.");
    }
    const known = [...loadCases.map(({ id }) => id), "one-caller", "start"];
    const only = values.only?.split(",") ?? known;
    const stranger = only.find((name) => !known.includes(name));
    if (stranger !== undefined) throw new Error(`--only does not know "${stranger}".`);
    return { seconds, warmUp, rounds, only, quick: values.quick };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

function machineFacts() {
  const { seconds, warmUp, rounds } = settings;
  return [
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`,
    pinned
      ? "Server on core 0, load generator on core 1."
      : "No core of its own for each (taskset or a second core is missing): read the figures as rough.",
    `32 connections, ${warmUp} s not counted, then ${seconds} s counted; ${rounds} ${rounds === 1 ? "round" : "rounds"} in turn, medians; a fresh process each time.`,
  ];
}

/** A run by itself keeps the machine at about one; what is above that was somebody else's. */
function busyness(before) {
  return `Load average of the machine: ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after.`;
}

function scenarioFile(name) {
  return join(folder, `${name}.yaml`);
}

async function when(name, measure) {
  return settings.only.includes(name) ? await measure() : [];
}

/** One answer of the mock for each case: what the bare application has to answer, and what both are held to. */
async function collectSamples() {
  const samples = new Map();
  for (const name of Object.keys(scenarios)) {
    const server = await startMock(scenarioFile(name));
    try {
      const [task] = JSON.parse((await ask(server.url, loadCases[1].requests()[0])).text).tasks;
      for (const one of loadCases.filter(({ scenario }) => scenario === name)) {
        const requests = one.requests(task);
        samples.set(one.id, { requests, answer: await ask(server.url, requests[0], one) });
      }
    } finally {
      await server.stop();
    }
  }
  return samples;
}

async function ask(url, { method, path, headers, body }, { status = 200, title = path } = {}) {
  const response = await fetch(`${url}${path}`, { method, headers, body });
  const text = await response.text();
  if (response.status === status) return { text };
  throw new Error(`${title}: expected status ${status} but received ${response.status}: ${text}`);
}

/** The mock as anyone starts it: real clock, every request and response checked, journal on. */
function startMock(scenario) {
  const args = ["--port", "0", "--log-format", "json", "--scenario", scenario];
  return startServer([programs.mock, ...args], { pinned });
}

function startBare(samples, list) {
  const file = join(folder, `answers-${list}.json`);
  const fixed = (id) => JSON.parse(samples.get(id).answer.text);
  const answers = {
    one: fixed("get-one"),
    list: fixed(list),
    created: fixed("create"),
    invalid: fixed("invalid"),
  };
  writeFileSync(file, JSON.stringify(answers));
  return startServer([programs.bare, file], { pinned });
}

async function measureCases(samples) {
  const lines = [];
  for (const one of loadCases.filter(({ id }) => settings.only.includes(id))) {
    const runs = { bare: [], mock: [] };
    await inTurn(one.title, settings.rounds, async (target) => {
      runs[target].push(await measureCase(one, target, samples));
    });
    const cpu = medians(runs, "perCpuSecond");
    const line = { ...pick(one), unit: "per s", digits: 0, ...medians(runs, "perSecond") };
    lines.push({ ...line, ...(Number.isNaN(cpu.mock) ? {} : { cpuRatio: cpu.mock / cpu.bare }), runs });
    if (one.id === "get-one") lines.push(...memoryLine("RSS after that load", runs));
    if (one.id === "create") lines.push(...memoryLine("RSS after that load, every task kept", runs));
    const busy = Math.max(...runs.mock.map(({ generatorBusy }) => generatorBusy));
    if (busy > 0.95)
      console.log(`${one.title}: the load generator was the limit, the mock is faster than shown.`);
  }
  return lines;
}

async function measureCase(one, target, samples) {
  const { requests, answer } = samples.get(one.id);
  const server =
    target === "mock"
      ? await startMock(scenarioFile(one.scenario))
      : await startBare(samples, one.scenario === "thousand" ? "list-1000" : "list-10");
  try {
    const first = await ask(server.url, requests[0], one);
    if (!one.isNewEachTime && !isAlike(first.text, answer.text)) {
      throw new Error(`${one.title}: ${target} does not answer as the sample does:\n${first.text}`);
    }
    const measured = await measureLoad(server, { ...one, requests }, settings);
    return { ...measured, memory: server.memory() };
  } finally {
    await server.stop();
  }
}

/** Moments in answers are as old as their process, and bare Express writes no last newline; nothing else may differ. */
function isAlike(one, other) {
  const timeless = (text) => text.trimEnd().replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "");
  return timeless(one) === timeless(other);
}

async function measureOneCallers(samples) {
  const times = { bare: [], mock: [] };
  await inTurn("one caller", settings.rounds, async (target) => {
    const server =
      target === "mock" ? await startMock(scenarioFile("ten")) : await startBare(samples, "list-10");
    try {
      times[target].push({ median: await measureOneCaller(server, firstRequest, settings) });
    } finally {
      await server.stop();
    }
  });
  const title = "GET one task, one connection, median";
  return [{ title, unit: "ms", digits: 3, ...medians(times, "median") }];
}

/** The default scenario, from spawning the process to the last byte of the first 200, and its memory a moment later. */
async function measureStarts(samples) {
  const runs = { bare: [], mock: [] };
  await inTurn("start", settings.quick ? 2 : 9, async (target) => {
    const server = target === "mock" ? await startMock("default") : await startBare(samples, "list-10");
    try {
      await ask(server.url, { ...firstRequest, path: `/api/v2/tasks/olga/fix-login-tests` });
      const took = performance.now() - server.begun;
      await new Promise((resolve) => setTimeout(resolve, 200));
      runs[target].push({ took, memory: server.memory() });
    } finally {
      await server.stop();
    }
  });
  const atMost = { must: 1.5, aim: 1, lowerIsBetter: true };
  return [
    { title: "Start to first 200", unit: "ms", digits: 0, ...medians(runs, "took"), ...atMost },
    ...memoryLine("RSS idle, after one request", runs, { must: 1.4, aim: 1.15, lowerIsBetter: true }),
  ];
}

/** A B, B A, A B: whatever else the machine does falls on both alike. */
async function inTurn(title, rounds, measure) {
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`${title}, round ${round + 1} of ${rounds}\n`);
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) await measure(target);
  }
}

function memoryLine(title, runs, bounds = {}) {
  const isKnown = [...runs.bare, ...runs.mock].every(({ memory }) => memory !== undefined);
  return isKnown ? [{ title, unit: "MiB", digits: 0, ...medians(runs, "memory"), ...bounds }] : [];
}

function medians(runs, name) {
  const of = (target) => median(runs[target].map((run) => run[name]));
  return { bare: of("bare"), mock: of("mock") };
}

function pick({ title, must, aim }) {
  return { title, must, aim };
}

/** In `out/`, which is not committed: figures belong to a machine. */
function keep(result) {
  mkdirSync(here("../out"), { recursive: true });
  writeFileSync(here("../out/bench.json"), `${JSON.stringify(result, null, 2)}\n`);
}
