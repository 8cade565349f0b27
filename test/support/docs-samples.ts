import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { banner } from "../../src/runtime/banner.ts";
import { readConfig } from "../../src/runtime/config.ts";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { startServer } from "../../src/runtime/server/start-server.ts";
import { assets } from "./assets.ts";
import { bundleProgram } from "./bundled-program.ts";
import type { Expected } from "./sample-differences.ts";

/** A fenced `sh` block of a page, with the output that the page promises. */
export interface Sample {
  /** `README.md:12`. */
  readonly place: string;
  readonly script: string;
  /** Marked `sh no-run`. */
  readonly isNotRun: boolean;
  /** The heading above it counts up: samples under one heading follow on each other. */
  readonly section: number;
  readonly expected?: Expected;
  /** The page's first `yaml` block, which its commands call `./my-scenario.yaml`. */
  readonly scenario: string;
}

interface Fence {
  readonly info: string;
  readonly line: number;
  readonly section: number;
  readonly text: string;
}

/** The address that pages use, and the file of the reader's own. */
const printedUrl = "http://127.0.0.1:8080";
const printedFile = "./my-scenario.yaml";

export function readPage(page: string): string {
  return readFileSync(join(packageRoot, page), "utf8");
}

/** The samples of a page. A `json` or `text` block is the output of the `sh` block before it under the same heading. */
export function samplesOf(page: string): readonly Sample[] {
  const fences = fencesOf(readPage(page));
  const scenario = fences.find(({ info }) => info === "yaml")?.text ?? "";
  return fences.flatMap((fence, index) => {
    const [language, ...marks] = fence.info.split(/\s+/);
    if (language !== "sh") return [];
    const next = fences[index + 1];
    const expected = next?.section === fence.section ? expectedFrom(next) : undefined;
    return [
      {
        place: `${page}:${fence.line}`,
        script: fence.text,
        isNotRun: marks.includes("no-run"),
        section: fence.section,
        scenario,
        ...(expected === undefined ? {} : { expected }),
      },
    ];
  });
}

function expectedFrom({ info, text }: Fence): Expected | undefined {
  return info === "json" || info === "text" ? { language: info, text } : undefined;
}

function fencesOf(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  let section = 0;
  let open: { info: string; line: number; indent: string; lines: string[] } | undefined;
  for (const [index, line] of page.split("\n").entries()) {
    const fence = /^(\s*)```(.*)$/.exec(line);
    if (fence !== null && open === undefined) {
      open = { info: (fence[2] ?? "").trim(), line: index + 1, indent: fence[1] ?? "", lines: [] };
    } else if (fence !== null && open !== undefined) {
      fences.push({ info: open.info, line: open.line, section, text: open.lines.join("\n") });
      open = undefined;
    } else if (open !== undefined) {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    } else if (/^#{1,6} /.test(line)) section += 1;
  }
  return fences;
}

interface Ran {
  readonly code: number;
  /** What it printed on both streams, with the address that pages use. */
  readonly output: string;
}

export interface SampleRunner {
  /** What the server says when it is up, with the address that pages use. */
  readonly greeting: string;
  run(sample: Pick<Sample, "script" | "scenario">): Promise<Ran>;
  /** Leaves the server as a restart would: the default world at its start, without snapshots, and no other. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a server as `npm start` does, but on a free port, and runs samples against it. */
export async function startSampleRunner(): Promise<SampleRunner> {
  const read = readConfig({ flags: { port: "0", "log-level": "silent" }, environment: {} });
  if (!read.ok) throw new Error(read.complaints.join("\n"));
  const server = await startServer(read.config, { assets });
  const { host, worlds } = server.mock;
  const program = await bundleProgram();
  const { start } = host.world;
  return {
    greeting: banner(server, read.config).replaceAll(server.url, printedUrl),
    run: async ({ script, scenario }) => {
      const file = join(dirname(program.file), "my-scenario.yaml");
      if (script.includes(printedFile)) writeFileSync(file, scenario);
      const { code, output } = await shell(
        `${prelude(program.file)}\n${script
          .replaceAll(/http:\/\/(?:127\.0\.0\.1|localhost):8080/g, server.url)
          .replaceAll(printedFile, file)
          .replaceAll("node dist/cli/main.js", "coder-tasks-mock")
          .replaceAll(/npm start --(?= )/g, "coder-tasks-mock")}`,
      );
      return { code, output: output.replaceAll(server.url, printedUrl).replaceAll(file, printedFile) };
    },
    reset: () => {
      for (const other of worlds.list().slice(1)) worlds.remove(other);
      for (const name of host.snapshots.names()) host.snapshots.forget(name);
      const { settings, clock } = host.options;
      host.restart({ start, settings, clock, cause: "reset" });
      host.coverage.clear();
    },
    close: async () => {
      program.remove();
      await server.close();
    },
  };
}

/**
 * The command line runs from the sources. A server that a sample starts takes a free port instead of one that may be in use,
 * and is stopped as by a person once it is ready.
 */
const prelude = (program: string) => String.raw`
set -euo pipefail
curl() { command curl --silent --show-error "$@"; }
coder-tasks-mock() {
  local arguments=() previous= argument line
  for argument in "$@"; do
    if [[ $previous == --port && $argument =~ ^[1-9][0-9]{3,4}$ ]] && ((argument < 65536)); then argument=0; fi
    arguments+=("$argument")
    previous=$argument
  done
  exec 9< <(CODER_TASKS_MOCK_PORT=0 exec node ${program} "${"$"}{arguments[@]}" 2>&1)
  local pid=$!
  while IFS= read -r line <&9; do
    printf '%s\n' "$line"
    if [[ $line == *"is ready on http"* || $line == *'"msg":"ready"'* ]]; then kill -TERM "$pid"; fi
  done
  wait "$pid"
}`;

function shell(script: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", script], { cwd: packageRoot, env: cleanEnvironment() });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code: code ?? -1, output: Buffer.concat(chunks).toString("utf8").replaceAll("\r", "") }),
    );
  });
}

/** Without settings of the mock that the person who runs the tests may have. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== "PORT" && !name.startsWith("CODER_TASKS_MOCK_"),
  );
  return Object.fromEntries(kept);
}

/** Fails with a plain message when the samples cannot be run at all. */
export async function requireTools(): Promise<void> {
  const { code } = await shell("command -v curl").catch(() => ({ code: -1 }));
  if (code !== 0)
    throw new Error("The samples of the pages need bash and curl. Install them (apt-get install curl).");
}
