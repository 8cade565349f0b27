import type { RunningServer } from "../runtime/server/start-server.ts";

/**
 * Says what was met of the contract, on standard error when that was asked for and in the summary of a step on GitHub, and what
 * the gates have against a run that is over: 1 when there is anything, else 0.
 */
export function exitOfGates({ mock }: Pick<RunningServer, "mock">): 0 | 1 {
  process.stderr.write(mock.coverageTable());
  process.stderr.write(mock.addStepSummary(process.env));
  const complaints = mock.failedGates();
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  return complaints.length === 0 ? 0 : 1;
}
