import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Program } from "./bundled-program.ts";

/** `exec` under way. */
export interface Running {
  readonly child: ChildProcess;
  /** Settles when it says its first line. */
  readonly speaks: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** Starts `exec` with a clean environment and `input` on its standard input. */
export function startExec(
  program: Program,
  args: readonly string[],
  { environment = {}, input = "" }: { environment?: Readonly<Record<string, string>>; input?: string } = {},
): Running {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [program.file, "exec", ...args], {
    env: { PATH, HOME, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  const speaks = new Promise<string>((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("\n")) resolve(said);
    });
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]).then(
    ([out, err, [code]]) => ({ code, out, err }),
  );
  return { child, speaks, ended };
}

/** The end of a command line that runs a script of its own. */
export const node = (script: string) => ["--", process.execPath, "--input-type=module", "-e", script];
