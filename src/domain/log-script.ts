import { asInstant, type Instant } from "./instant.ts";
import { type Draw, drawSpan, fixed, type Span } from "./span.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

export const logSources = ["provisioner_daemon", "provisioner"] as const;
export type LogSource = (typeof logSources)[number];

/** A line that an agent writes while it starts up. */
export interface AgentLogLine {
  /** How long after the line before it; the first one after the start. */
  readonly after: Span;
  readonly level: LogLevel;
  readonly output: string;
  /** Whether it tells of a good end: it and all behind it come with that end, whatever their time, or never. */
  readonly closing?: boolean;
}

/** A line that a provisioner writes while it builds. */
export interface BuildLogLine extends AgentLogLine {
  readonly stage: string;
  readonly source: LogSource;
}

/** What is written in a workspace. What is left out is as everywhere. */
export interface LogScripts {
  /** By transition. */
  readonly build: {
    readonly start?: readonly BuildLogLine[];
    readonly stop?: readonly BuildLogLine[];
    readonly delete?: readonly BuildLogLine[];
  };
  readonly agent?: readonly AgentLogLine[];
}

/** From when to when lines are written. */
export interface LogCourse {
  /** Undefined: nothing is written yet. */
  readonly begins: Instant | undefined;
  /** Undefined: it goes on, though for ever. */
  readonly ends: Instant | undefined;
  /** Whether at the end all is written that was still to come; else it never is. */
  readonly isWhole: boolean;
  readonly now: Instant;
}

export interface WrittenLines<Line> {
  readonly written: readonly (Line & { readonly at: Instant })[];
  /** When the next line comes, if nothing comes between. */
  readonly next?: Instant;
}

/** The lines of a script that are there by now. */
export function unrollScript<Line extends AgentLogLine>(
  script: readonly Line[],
  { begins, ends, isWhole, now }: LogCourse,
  draw: Draw,
): WrittenLines<Line> {
  const written: (Line & { readonly at: Instant })[] = [];
  if (begins === undefined) return { written };
  const { timed, closing } = parted(script);
  const limit = ends ?? Number.POSITIVE_INFINITY;
  let at: number = begins;
  for (const [index, line] of timed.entries()) {
    at += drawSpan(line.after, draw, `log/${index}`);
    if (at > limit && !isWhole) break;
    const due = asInstant(Math.min(at, limit));
    if (due > now) return { written, next: due };
    written.push({ ...line, at: due });
  }
  if (ends !== undefined && isWhole) written.push(...closing.map((line) => ({ ...line, at: ends })));
  return { written };
}

/** The lines that come in their time, and those that wait for a good end. */
function parted<Line extends AgentLogLine>(
  script: readonly Line[],
): { readonly timed: readonly Line[]; readonly closing: readonly Line[] } {
  const first = script.findIndex(({ closing }) => closing === true);
  const split = first === -1 ? script.length : first;
  return { timed: script.slice(0, split), closing: script.slice(split) };
}

function line(after: number, stage: string, output: string): BuildLogLine {
  return { after: fixed(after), stage, output, level: "info", source: "provisioner" };
}

function atTheEnd(stage: string, output: string): BuildLogLine {
  return { ...line(0, stage, output), closing: true };
}

const settingUp: BuildLogLine = {
  ...line(0, "Setting up", "Unpacking the template"),
  source: "provisioner_daemon",
};
const cleaningUp: BuildLogLine = {
  ...atTheEnd("Cleaning Up", "Removing the working directory"),
  source: "provisioner_daemon",
};
const initializing = [
  line(50, "Initializing Terraform Directory", "Initializing the backend..."),
  line(50, "Initializing Terraform Directory", "Initializing provider plugins..."),
  line(100, "Initializing Terraform Directory", "Terraform has been successfully initialized!"),
];

/** What every template's builds write. */
export const plainBuildLogs = {
  start: [
    settingUp,
    ...initializing,
    line(100, "Planning Infrastructure", "Plan: 2 to add, 0 to change, 0 to destroy."),
    line(100, "Starting workspace", "docker_volume.home: Creating..."),
    line(100, "Starting workspace", "docker_volume.home: Creation complete"),
    line(100, "Starting workspace", "docker_container.workspace: Creating..."),
    atTheEnd("Starting workspace", "docker_container.workspace: Creation complete"),
    atTheEnd("Starting workspace", "Apply complete! Resources: 2 added, 0 changed, 0 destroyed."),
    cleaningUp,
  ],
  stop: [
    settingUp,
    ...initializing,
    line(100, "Planning Infrastructure", "Plan: 0 to add, 0 to change, 1 to destroy."),
    line(100, "Stopping workspace", "docker_container.workspace: Destroying..."),
    atTheEnd("Stopping workspace", "docker_container.workspace: Destruction complete"),
    atTheEnd("Stopping workspace", "Apply complete! Resources: 0 added, 0 changed, 1 destroyed."),
    cleaningUp,
  ],
  delete: [
    settingUp,
    ...initializing,
    line(100, "Planning Infrastructure", "Plan: 0 to add, 0 to change, 2 to destroy."),
    line(100, "Deleting workspace", "docker_container.workspace: Destroying..."),
    line(200, "Deleting workspace", "docker_volume.home: Destroying..."),
    atTheEnd("Deleting workspace", "Destroy complete! Resources: 2 destroyed."),
    cleaningUp,
  ],
} as const satisfies LogScripts["build"];

/** What every agent writes while it starts up. */
export const plainAgentLog: readonly AgentLogLine[] = [
  { after: fixed(0), level: "info", output: "Preparing the home directory" },
  { after: fixed(200), level: "info", output: "Cloning the repository" },
  { after: fixed(400), level: "info", output: "Starting the agent's app on port 3284" },
  { after: fixed(0), level: "info", output: "Startup script is through", closing: true },
];
