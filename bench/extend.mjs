// What Prism and documents of one's own cost a built server: time until it answers and resident memory, without anything, with
// the values that Prism makes up, and with documents of Swagger 2.0, OpenAPI 3.0 and 3.1. Run by hand, after `npm run build`:
//     npx tsx bench/extend.mjs
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { largeDocument } from "../test/extend/large-document.ts";
import { median } from "./load.mjs";
import { startServer } from "./server-process.mjs";

const rounds = 5;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const program = here("../dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "coder-tasks-mock-extend-"));
const large = join(folder, "large.json");
const documents = {
  "Swagger 2.0": [here("../test/extend/groups.swagger.yaml")],
  "OpenAPI 3.0": [here("../test/extend/templates.openapi-3.0.yaml")],
  "OpenAPI 3.1, 300 operations": [large],
};
documents["all three"] = Object.values(documents).flat();

try {
  writeFileSync(large, JSON.stringify(largeDocument()));
  await report("no document", []);
  for (const [title, files] of Object.entries(documents)) {
    await report(
      title,
      files.flatMap((file) => ["--extend", file]),
    );
  }
  await report("no document, values made up", [], { Prefer: "dynamic=true" });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Medians: until the first answer, memory then, and the second answer. */
async function report(title, flags, headers = {}) {
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await measure(flags, headers));
  const [ready, first, second, memory] = [0, 1, 2, 3].map((index) => median(runs.map((one) => one[index])));
  const times = `ready ${ready.toFixed(0)} ms, first answer ${first.toFixed(0)} ms more, second ${second.toFixed(0)} ms`;
  console.log(`${title}: ${times}, ${memory.toFixed(0)} MiB`);
}

async function measure(flags, headers) {
  const server = await startServer([program, "--port", "0", "--log-format", "json", ...flags], {
    pinned: false,
  });
  try {
    const ready = performance.now() - server.begun;
    return [
      ready,
      await timeOfAnswer(server.url, headers),
      await timeOfAnswer(server.url, headers),
      server.memory(),
    ];
  } finally {
    await server.stop();
  }
}

async function timeOfAnswer(url, headers) {
  const begun = performance.now();
  const answer = await fetch(`${url}/api/v2/tasks`, {
    headers: { "Coder-Session-Token": "API_KEY", ...headers },
  });
  await answer.text();
  if (answer.status !== 200) throw new Error(`The answer is a ${answer.status}.`);
  return performance.now() - begun;
}
