import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import { type BuildLogLine, plainBuildLogs, unrollScript } from "./log-script.ts";
import type { Build, Workspace } from "./workspace.ts";

/** A line of a log that is there. */
export type Written<Line> = Omit<Line, "after"> & {
  /** From 1, rising by one in its log. */
  readonly id: number;
  readonly at: Instant;
};

/** A log as it is by now. */
export interface Log<Line> {
  readonly lines: readonly Written<Line>[];
  /** When the next line comes by itself. */
  readonly next?: Instant;
  /** Whether no line will ever come any more. */
  readonly isOver: boolean;
}

/** What the provisioner has written about a build by now. */
export function buildLog(
  { workspace, build }: { readonly workspace: Workspace; readonly build: Build },
  { now, ids }: { readonly now: Instant; readonly ids: IdSource },
): Log<BuildLogLine> {
  const { job, transition } = build;
  const isOver = job.status === "succeeded" || job.status === "failed" || job.status === "canceled";
  const script = workspace.behaviour.logs?.build[transition] ?? plainBuildLogs[transition];
  const { written, next } = unrollScript<BuildLogLine>(
    script,
    {
      begins: job.status === "pending" ? undefined : job.startedAt,
      ends: isOver || job.status === "canceling" ? endOf(build) : undefined,
      isWhole: job.status === "succeeded",
      now,
    },
    { ids, of: build.id },
  );
  const last = lastLine(build, written.at(-1)?.stage ?? script[0]?.stage ?? "");
  return {
    lines: numbered(last === undefined ? written : [...written, last]),
    ...(next === undefined ? {} : { next }),
    isOver,
  };
}

/** A job that is told to end does no more of what it was about. */
function endOf({ job, updatedAt }: Build): Instant {
  const isCanceled = job.status === "canceling" || job.status === "canceled";
  return (isCanceled ? job.canceledAt : undefined) ?? job.completedAt ?? updatedAt;
}

/** Lines with their ids. */
export function numbered<Line extends { readonly at: Instant }>(
  lines: readonly Line[],
): readonly (Line & { readonly id: number })[] {
  return lines.map((line, index) => ({ ...line, id: index + 1 }));
}

/** How a job tells that it did not come to a good end. */
function lastLine({ job, updatedAt }: Build, stage: string): Omit<Written<BuildLogLine>, "id"> | undefined {
  const at = job.completedAt ?? updatedAt;
  if (job.status === "failed") return { at, stage, source: "provisioner", level: "error", output: job.error };
  if (job.status !== "canceled") return undefined;
  return { at, stage, source: "provisioner_daemon", level: "warn", output: "The build was canceled." };
}
