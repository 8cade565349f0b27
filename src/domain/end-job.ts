import { assertNever } from "./assert-never.ts";
import type { Instant } from "./instant.ts";
import type { Build, Job } from "./workspace.ts";

/** How a job leaves the way to success. */
export interface JobEnd {
  readonly status: "failed" | "canceling" | "canceled";
  /** Of a failed job; empty for the others. */
  readonly error: string;
}

/** A build whose job left the way to success at an instant. Only a start job that succeeded has an agent. */
export function endJob(build: Build, end: JobEnd, at: Instant): Build {
  const { agent: _, ...rest } = build;
  return { ...rest, updatedAt: at, job: endedJob(build.job, end, at) };
}

function endedJob({ id, fileId, startedAt, canceledAt }: Job, { status, error }: JobEnd, at: Instant): Job {
  const begun = startedAt === undefined ? {} : { startedAt };
  switch (status) {
    case "failed":
      return { id, fileId, status, startedAt: startedAt ?? at, completedAt: at, error };
    case "canceling":
      return { id, fileId, status, ...begun, canceledAt: at, error: "" };
    case "canceled":
      return { id, fileId, status, ...begun, canceledAt: canceledAt ?? at, completedAt: at, error: "" };
    default:
      return assertNever(status);
  }
}
