// What the package costs those who install it: size of the archive, of an installation for production, and time and memory of
// the import of each entry, medians of fresh processes. Builds first, needs npm's cache or network. Run by hand:
//     npx tsx bench/package.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packArchive } from "../test/package/archive.ts";
import { run } from "../test/package/run.ts";
import { median } from "./load.mjs";

const entries = ["coder-tasks-mock", "coder-tasks-mock/fetch", "coder-tasks-mock/vitest/global-setup"];
const rounds = 9;
const folder = mkdtempSync(join(tmpdir(), "coder-tasks-mock-package-"));

try {
  const archive = await packArchive(fileURLToPath(new URL("..", import.meta.url)), folder);
  console.log(
    `archive: ${kB(archive.packedSize)}, unpacked ${kB(archive.unpackedSize)}, ${archive.paths.length} files`,
  );
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--omit=dev", archive.file], { folder });
  const modules = join(folder, "node_modules");
  const { packages } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
  console.log(`installed: ${kB(sizeOf(modules))}, ${Object.keys(packages).length} packages`);
  for (const entry of entries) console.log(`import ${entry}: ${await importCost(entry)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function sizeOf(place) {
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

async function importCost(entry) {
  const program = `
    const [begun, before] = [performance.now(), process.memoryUsage.rss()];
    await import(${JSON.stringify(entry)});
    console.log(JSON.stringify([performance.now() - begun, process.memoryUsage.rss() - before]));`;
  const costs = [];
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { folder });
    costs.push(JSON.parse(stdout));
  }
  const [time, memory] = [0, 1].map((index) => median(costs.map((cost) => cost[index])));
  return `${time.toFixed(0)} ms, ${(memory / 1_048_576).toFixed(1)} MiB`;
}

function kB(bytes) {
  return `${Math.round(bytes / 1_000).toLocaleString("en")} kB`;
}
