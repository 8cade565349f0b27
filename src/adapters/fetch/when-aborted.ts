/** A signal that has gone off already would never tell. */
export function whenAborted(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) queueMicrotask(run);
  else signal.addEventListener("abort", run, { once: true });
}
