import type { After } from "../engine/holds.ts";

/** Real timers. None of them keeps the process alive. */
export const after: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};
