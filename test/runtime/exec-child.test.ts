import type { ChildProcess } from "node:child_process";
import { expect, it } from "vitest";
import { runChild } from "../../src/runtime/exec/exec-child.ts";
import { ExecSignals } from "../../src/runtime/exec/exec-signals.ts";

/** Node tells of a signal that may not be sent by an event of the command, as it does of one that cannot be started. */
class RefusedSignals extends ExecSignals {
  override passTo(child: ChildProcess): void {
    child.once("spawn", () => child.emit("error", new Error("kill EPERM")));
  }
}

it("a command of another user, which no signal reaches, runs on until it ends by itself", async () => {
  const signals = new RefusedSignals();
  const call = { program: process.execPath, args: ["-e", "process.exit(7)"], environment: process.env };
  try {
    expect(await runChild(call, signals)).toEqual({ kind: "ended", code: 7 });
  } finally {
    signals.close();
  }
});
