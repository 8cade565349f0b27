import type { BuildReason } from "./workspace.ts";

export const revisions = ["2.30", "2.31", "2.34"] as const;
/** A documented state of the API. */
export type Revision = (typeof revisions)[number];

export const profiles = ["documented", "wire"] as const;
/** `documented`: the shapes of the API's own pages. `wire`: the shapes that deployments send. */
export type Profile = (typeof profiles)[number];

/** What the operations do differently from revision to revision (docs/revisions.md). */
export interface RevisionRules {
  /** Logs of a task that is not active: refused outright, or answered from the snapshot. */
  readonly logsFromSnapshot: boolean;
  /** Status for `send` to a task that is pending, initializing or paused. */
  readonly sendNotActive: 400 | 409;
  /** Status for `send` while the agent is busy. */
  readonly sendBusy: 409 | 502;
  /** How a failure that the agent reported shows in `current_state.state`. */
  readonly failureState: "failed" | "failure";
  /** Whether an agent script in a build tells how it ended. */
  readonly scriptResults: boolean;
  /** Reasons of a build that the release neither gives nor takes, each with the one that it gives in its place. */
  readonly unknownReasons: Readonly<Partial<Record<BuildReason, BuildReason>>>;
}

export const revisionRules = {
  "2.30": {
    logsFromSnapshot: false,
    sendNotActive: 400,
    sendBusy: 502,
    failureState: "failure",
    scriptResults: false,
    unknownReasons: {
      task_manual_pause: "initiator",
      task_resume: "initiator",
      task_auto_pause: "autostop",
    },
  },
  "2.31": {
    logsFromSnapshot: true,
    sendNotActive: 409,
    sendBusy: 409,
    failureState: "failed",
    scriptResults: false,
    unknownReasons: {},
  },
  "2.34": {
    logsFromSnapshot: true,
    sendNotActive: 409,
    sendBusy: 409,
    failureState: "failed",
    scriptResults: true,
    unknownReasons: {},
  },
} as const satisfies Record<Revision, RevisionRules>;

const release = /^v?(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?$/;

/**
 * The newest revision that is not newer than a Coder release: `2.32` or `v2.32.1` means `2.31`. Undefined for text that is
 * no release number and for releases older than the first revision.
 */
export function revisionOf(text: string): Revision | undefined {
  const asked = release.exec(text);
  if (asked === null) return undefined;
  return revisions.findLast((revision) => {
    const [major = 0, minor = 0] = revision.split(".").map(Number);
    const [wantMajor, wantMinor] = [Number(asked[1]), Number(asked[2])];
    return wantMajor > major || (wantMajor === major && wantMinor >= minor);
  });
}
