import { spawn } from "node:child_process";
import { codeOfSignal, type ExecSignals } from "./exec-signals.ts";

export interface ChildCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** How a command ended, with the exit code that a shell would give for it. */
export type ChildEnd =
  | { readonly kind: "ended"; readonly code: number }
  | { readonly kind: "not-started"; readonly code: number; readonly complaint?: string };

/** Runs a command on the terminal, files or pipes of this process, without a shell, until it ends. */
export function runChild({ program, args, environment }: ChildCall, signals: ExecSignals): Promise<ChildEnd> {
  if (signals.early !== undefined) {
    return Promise.resolve({ kind: "not-started", code: codeOfSignal(signals.early) });
  }
  return new Promise((resolve) => {
    try {
      const child = spawn(program, [...args], { stdio: "inherit", env: environment });
      signals.passTo(child);
      child.on("error", (error) => {
        // Of one that runs it says that a signal did not reach it, such as that of another user.
        if (child.pid === undefined) resolve(notStarted(program, error));
      });
      child.once("exit", (code, signal) => {
        resolve({ kind: "ended", code: signal === null ? (code ?? 1) : codeOfSignal(signal) });
      });
    } catch (error) {
      // Node tells some reasons by an event and throws the others.
      resolve(notStarted(program, error));
    }
  });
}

/** 127 and 126 as shells give them: not found, and found but not to be run. */
function notStarted(program: string, error: unknown): ChildEnd {
  const name = JSON.stringify(program);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") {
    const complaint = `The command ${name} was not found. It is looked for in PATH and run without a shell; for a shell's own words, call one: -- sh -c '...'.`;
    return { kind: "not-started", code: 127, complaint };
  }
  if (code === "EACCES") {
    const complaint = `The command ${name} cannot be run: it is no program, or its file lacks the permission.`;
    return { kind: "not-started", code: 126, complaint };
  }
  const why = error instanceof Error ? error.message : String(error);
  return { kind: "not-started", code: 126, complaint: `The command ${name} cannot be run: ${why}` };
}
