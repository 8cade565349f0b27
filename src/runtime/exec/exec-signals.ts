import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a shell gives for a program that a signal has ended. */
export function codeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Hands the signals that reach this process on to a command, from the moment that it is made until it is closed. */
export class ExecSignals {
  #child: ChildProcess | undefined;
  #early: NodeJS.Signals | undefined;

  constructor() {
    for (const signal of passedOn) process.on(signal, this.#hear);
  }

  /** The first that came while there was no command yet: it has no business to start any more. */
  get early(): NodeJS.Signals | undefined {
    return this.#early;
  }

  passTo(child: ChildProcess): void {
    this.#child = child;
  }

  close(): void {
    for (const signal of passedOn) process.off(signal, this.#hear);
  }

  readonly #hear = (signal: NodeJS.Signals): void => {
    if (this.#child === undefined) this.#early ??= signal;
    // At a terminal Ctrl-C reaches the command by itself, and many take a second one as an order to leave at once.
    else if (signal !== "SIGINT" || !isatty(0)) this.#child.kill(signal);
  };
}
