import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

export interface RunOptions {
  readonly folder: string;
  /** The program of the Node to run under; by default the one of this process. */
  readonly node?: string | undefined;
}

/** Runs a program to its end. Throws with its output when it ends badly. */
export async function run(
  program: string,
  words: readonly string[],
  { folder, node = process.execPath }: RunOptions,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return execute(program, words, {
    cwd: folder,
    env: environmentFor(node),
    maxBuffer: 67_108_864,
    timeout: 240_000,
  });
}

/** The environment as a user's shell has it: without what npm and vitest tell their children, and with a Node before all others. */
export function environmentFor(node: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|VITEST|TEST$|NODE_(?:ENV|OPTIONS|PATH)$|PORT$|CODER_TASKS_MOCK_)/.test(name),
  );
  const path = `${dirname(node)}:${process.env["PATH"]}`;
  return { ...Object.fromEntries(kept), PATH: path, NO_COLOR: "1" };
}
