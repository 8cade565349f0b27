// Servers as processes of their own: started, asked for their memory, stopped.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

const serverCore = "0";
const loadCore = "1";

/**
 * Puts this process, the load generator, on a core of its own, so that it does not take time from what it measures.
 * Returns whether that worked; without it the servers are not bound to a core either.
 */
export function pinLoadGenerator() {
  if (availableParallelism() < 2) return false;
  const { status } = spawnSync("taskset", ["-a", "-cp", loadCore, String(process.pid)]);
  return status === 0;
}

/** Starts a Node program that prints a JSON line with its `url` once it listens. */
export async function startServer(args, { pinned }) {
  const [command, ...rest] = pinned
    ? ["taskset", "-c", serverCore, process.execPath, ...args]
    : [process.execPath, ...args];
  const begun = performance.now();
  const child = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(
      `${args.join(" ")} ended with exit code ${code} before it was ready.\n${complaints.trim()}`,
    );
  });
  const { url } = JSON.parse(await Promise.race([once(lines, "line").then(([line]) => line), ended]));
  ended.catch(() => undefined);
  lines.on("line", () => undefined);
  return {
    url,
    begun,
    /** Resident memory in MiB; undefined where the system does not tell. */
    memory: () => residentMemory(child.pid),
    /** Processor time so far, in seconds; NaN where the system does not tell. */
    cpuSeconds: () => cpuSeconds(child.pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

function residentMemory(pid) {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProcess(pid, "status"))?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1_024;
}

/** Linux counts it in hundredths of a second, in the 14th and 15th field; the 2nd, a name, may hold blanks. */
function cpuSeconds(pid) {
  const fields = readProcess(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A file of `/proc`; empty where there is none. */
function readProcess(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}
