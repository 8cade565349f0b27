import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A program that serves, and is ended with its scope. */
export interface Serving {
  readonly url: string;
  readonly port: number;
  /** Ends it as an operator would, and resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts `serve` of the program and resolves once it listens. Port 0 takes a free one. */
export async function startReplica(
  program: string,
  { port, args, environment = {} }: ReplicaOptions,
): Promise<Serving> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH, HOME, CODER_TASKS_MOCK_PORT: String(port), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await saidBy(child, child.stdout, /ready on (http:\/\/[\d.]+:\d+)/);
  return { url, port: Number(new URL(url).port), stop: () => stopped(child) };
}

export interface ReplicaOptions {
  readonly port: number;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Resolves with the group of the first line that matches. Throws with all that it said when it ends before. */
export async function saidBy(child: ChildProcess, stream: Readable, pattern: RegExp): Promise<string> {
  const said: string[] = [];
  child.stderr?.on("data", (chunk) => said.push(String(chunk)));
  for await (const line of createInterface(stream)) {
    said.push(line);
    const found = pattern.exec(line);
    if (found === null) continue;
    stream.resume();
    return found[1] ?? line;
  }
  throw new Error(`It ended before it served:\n${said.join("\n")}`);
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "close");
  child.kill("SIGTERM");
  await gone;
}
