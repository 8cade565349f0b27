import type { Agent } from "./agent.ts";
import type { Organization, SessionToken, Template, User } from "./directory.ts";
import { asInstant, formatInstant, type Instant, parseInstant } from "./instant.ts";
import type { Snapshot, Task } from "./task.ts";
import type { Build, Workspace } from "./workspace.ts";

/**
 * The instants that stand in a thing itself. All of them have to be listed where it is put forward, so that a new one
 * cannot be left behind: without it the code does not compile.
 */
type Stamps<Thing> = { readonly [Key in InstantKey<Thing>]: Instant | undefined };
type InstantKey<Thing> = {
  [Key in keyof Thing]-?: NonNullable<Thing[Key]> extends Instant ? Key : never;
}[keyof Thing];

/** An organization with its instants put forward by `by` milliseconds; the same for all functions of this file. */
export function shiftOrganization(organization: Organization, by: number): Organization {
  return stamped(organization, { createdAt: later(organization.createdAt, by) });
}

export function shiftUser(user: User, by: number): User {
  return stamped(user, { createdAt: later(user.createdAt, by) });
}

export function shiftToken(token: SessionToken, by: number): SessionToken {
  return stamped(token, { expiresAt: later(token.expiresAt, by) });
}

export function shiftTemplate(template: Template, by: number): Template {
  const versions = template.versions.map((version) =>
    stamped(version, { createdAt: later(version.createdAt, by) }),
  );
  return stamped({ ...template, versions }, { createdAt: later(template.createdAt, by) });
}

export function shiftTask(task: Task, by: number): Task {
  const { snapshot } = task;
  const conversation = task.conversation.map((message) => stamped(message, { at: later(message.at, by) }));
  return stamped(
    { ...task, conversation, ...(snapshot === undefined ? {} : { snapshot: shiftSnapshot(snapshot, by) }) },
    { createdAt: later(task.createdAt, by), deletedAt: later(task.deletedAt, by) },
  );
}

/** The times of its messages must have been written by the start state itself: others are an agent's own words. */
function shiftSnapshot(snapshot: Snapshot, by: number): Snapshot {
  const messages = snapshot.messages.map((message) => ({ ...message, time: shiftText(message.time, by) }));
  return stamped({ ...snapshot, messages }, { storedAt: later(snapshot.storedAt, by) });
}

function shiftText(text: string, by: number): string {
  const instant = parseInstant(text);
  return instant === undefined ? text : formatInstant(later(instant, by));
}

export function shiftWorkspace(workspace: Workspace, by: number): Workspace {
  const changed = {
    ...workspace,
    builds: workspace.builds.map((build) => shiftBuild(build, by)),
    statuses: workspace.statuses.map((status) => stamped(status, { createdAt: later(status.createdAt, by) })),
    due: workspace.due.map((due) => stamped(due, { at: later(due.at, by) })),
  };
  return stamped(changed, {
    createdAt: later(workspace.createdAt, by),
    updatedAt: later(workspace.updatedAt, by),
  });
}

function shiftBuild(build: Build, by: number): Build {
  const { job, agent } = build;
  const changed = {
    ...build,
    job: stamped(job, {
      startedAt: later(job.startedAt, by),
      completedAt: later(job.completedAt, by),
      canceledAt: later(job.canceledAt, by),
    }),
    ...(agent === undefined ? {} : { agent: shiftAgent(agent, by) }),
  };
  return stamped(changed, { createdAt: later(build.createdAt, by), updatedAt: later(build.updatedAt, by) });
}

function shiftAgent(agent: Agent, by: number): Agent {
  return stamped(agent, {
    createdAt: later(agent.createdAt, by),
    firstConnectedAt: later(agent.firstConnectedAt, by),
    lastConnectedAt: later(agent.lastConnectedAt, by),
    disconnectedAt: later(agent.disconnectedAt, by),
    startedAt: later(agent.startedAt, by),
    readyAt: later(agent.readyAt, by),
  });
}

function later(instant: Instant, by: number): Instant;
function later(instant: Instant | undefined, by: number): Instant | undefined;
function later(instant: Instant | undefined, by: number): Instant | undefined {
  return instant === undefined ? undefined : asInstant(instant + by);
}

/** A copy with other stamps. One that is absent stays an absent key. */
function stamped<Thing extends object, Own extends Stamps<Thing>>(thing: Thing, stamps: Own): Thing {
  const copy = { ...thing };
  for (const name in stamps) {
    if (stamps[name] !== undefined) Object.assign(copy, { [name]: stamps[name] });
  }
  return copy;
}
