import type { AgentLifecycle, App } from "../../src/domain/agent.ts";
import { plainBehaviour } from "../../src/domain/behaviour.ts";
import { moveAgent, newAgent } from "../../src/domain/change-agent.ts";
import { Clock } from "../../src/domain/clock.ts";
import type {
  Organization,
  Preset,
  SiteRole,
  Template,
  TemplateVersion,
  User,
} from "../../src/domain/directory.ts";
import { defaultDurations } from "../../src/domain/due.ts";
import { asId, type Branded } from "../../src/domain/ids.ts";
import { asInstant, type Instant } from "../../src/domain/instant.ts";
import type { Task } from "../../src/domain/task.ts";
import type { Build, JobStatus, Transition, Workspace } from "../../src/domain/workspace.ts";
import { World } from "../../src/domain/world.ts";
import type { WorldSettings } from "../../src/domain/world-start.ts";
import { WorldTables } from "../../src/domain/world-tables.ts";

/** 2026-01-01T00:00:00Z, where every test world starts. */
export const beginning: Instant = asInstant(1_767_225_600_000);

/** A UUID that is easy to tell in a failure: its last digits are the number. */
export function uuid<Id extends Branded<string>>(number: number): Id {
  return asId(`00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`);
}

export const organization: Organization = {
  id: uuid(0x100),
  name: "acme",
  displayName: "Acme",
  description: "",
  icon: "",
  isDefault: true,
  createdAt: beginning,
};

/** Another organization, of which only `outsider` and `outsideAdmin` are members. */
export const elsewhere: Organization = {
  ...organization,
  id: uuid(0x101),
  name: "umbrella",
  displayName: "Umbrella",
  isDefault: false,
};

interface Person {
  readonly roles?: readonly SiteRole[];
  readonly in?: Organization;
  readonly admin?: boolean;
  readonly status?: User["status"];
}

function person(number: number, username: string, what: Person = {}): User {
  return {
    id: uuid(0x200 + number),
    username,
    name: username,
    email: `${username}@example.com`,
    avatarUrl: "",
    status: what.status ?? "active",
    roles: what.roles ?? [],
    memberships: [
      { organizationId: (what.in ?? organization).id, roles: what.admin ? ["organization-admin"] : [] },
    ],
    createdAt: beginning,
  };
}

export const users = {
  member: person(1, "alice"),
  colleague: person(2, "Bob"),
  siteOwner: person(3, "root", { roles: ["owner"] }),
  userAdmin: person(4, "ursula", { roles: ["user-admin"] }),
  templateAdmin: person(5, "tom", { roles: ["template-admin"] }),
  auditor: person(6, "audrey", { roles: ["auditor"] }),
  orgAdmin: person(7, "olga", { admin: true }),
  outsider: person(8, "oscar", { in: elsewhere }),
  outsideAdmin: person(9, "odette", { in: elsewhere, admin: true }),
  suspended: person(10, "sue", { status: "suspended" }),
  dormant: person(11, "dora", { status: "dormant" }),
} as const satisfies Record<string, User>;
export type Who = keyof typeof users;

/** The token of a user: key id, hyphen, secret. */
export function tokenFor(who: Who): string {
  return `${who.toLowerCase().padEnd(10, "0").slice(0, 10)}-${who.toLowerCase().padEnd(22, "x")}`;
}

export const preset: Preset = {
  id: uuid(0x500),
  name: "small",
  description: "",
  icon: "",
  isDefault: true,
  parameters: [],
};

const version: TemplateVersion = {
  id: uuid(0x400),
  name: "v1",
  hasAiTask: true,
  archived: false,
  importStatus: "succeeded",
  presets: [preset],
  parameters: [],
  externalAuth: [],
  createdAt: beginning,
};

export const template: Template = {
  id: uuid(0x300),
  organizationId: organization.id,
  name: "coding",
  displayName: "Coding",
  description: "",
  icon: "/icon.svg",
  deprecated: "",
  deleted: false,
  activeVersionId: version.id,
  versions: [version],
  durations: defaultDurations,
  behaviour: plainBehaviour,
  createdAt: beginning,
};

/** A template with one version, in a condition of choice. */
export function templateWith(
  number: number,
  change: Partial<Template>,
  versionChange: Partial<TemplateVersion> = {},
): Template {
  const changed: TemplateVersion = { ...version, id: uuid(0x400 + number), ...versionChange };
  return {
    ...template,
    id: uuid(0x300 + number),
    name: `template-${number}`,
    activeVersionId: changed.id,
    versions: [changed],
    ...change,
  };
}

export interface WorldOptions extends Partial<WorldSettings> {
  readonly templates?: readonly Template[];
}

/** A world with one template and users of every role, no tasks, and a clock that moves only when told. */
export function buildWorld({ templates = [template], ...settings }: WorldOptions = {}): World {
  const tables = new WorldTables();
  tables.saveOrganization(organization);
  tables.saveOrganization(elsewhere);
  for (const user of Object.values(users)) tables.saveUser(user);
  for (const who of allWho) tables.saveToken({ text: tokenFor(who), userId: users[who].id });
  for (const one of templates) tables.saveTemplate(one);
  return new World(
    {
      tables,
      counters: new Map(),
      defaultUserId: users.member.id,
      durations: defaultDurations,
      startsAt: beginning,
      pending: [],
    },
    {
      scenario: "test",
      seed: "1",
      revision: "2.34",
      profile: "wire",
      auth: "strict",
      ...settings,
    },
    new Clock(() => 0, beginning, { mode: "manual", speed: 1 }),
  );
}

export const allWho: readonly Who[] = [
  "member",
  "colleague",
  "siteOwner",
  "userAdmin",
  "templateAdmin",
  "auditor",
  "orgAdmin",
  "outsider",
  "outsideAdmin",
  "suspended",
  "dormant",
];

/** Moves the manual clock and lets happen what is due. */
export function advance(world: World, milliseconds: number): void {
  world.clock.moveTo(asInstant(world.now + milliseconds));
  world.settle(world.clock.read());
}

/** How the latest build of a workspace stands. */
export interface Condition {
  readonly transition?: Transition;
  readonly job?: JobStatus;
  /** Where the agent is; `none` for a build without one. */
  readonly agent?: AgentLifecycle | "none";
  readonly app?: Partial<App>;
}

/** An active task: started, ready, healthy, with nothing to do. */
export const active: Condition = { agent: "ready", app: { health: "healthy" } };
export const paused: Condition = { transition: "stop" };

export interface PlacedTask {
  readonly owner?: User;
  readonly name?: string;
  readonly sharedWith?: readonly User[];
  readonly task?: Partial<Task>;
}

/** The last build of a placed task has this number, so that an earlier one can stand before it. */
export const placedBuildNumber = 2;

/** Puts a task into the world whose workspace is in a condition, with nothing due. */
export function placeTask(
  world: World,
  condition: Condition,
  placed: PlacedTask = {},
): { readonly task: Task; readonly workspace: Workspace } {
  const owner = placed.owner ?? users.member;
  const number = world.ids.count("placed");
  const name = placed.name ?? `task-${number}`;
  const taskId = uuid<Task["id"]>(0x10_000 + number);
  const workspace: Workspace = {
    id: uuid(0x20_000 + number),
    name,
    ownerId: owner.id,
    organizationId: organization.id,
    templateId: template.id,
    taskId,
    createdAt: world.now,
    updatedAt: world.now,
    builds: [
      buildIn(world, { ...active }, placedBuildNumber - 1),
      buildIn(world, condition, placedBuildNumber),
    ],
    statuses: [],
    sharedWith: (placed.sharedWith ?? []).map(({ id }) => id),
    durations: template.durations,
    behaviour: template.behaviour,
    due: [],
  };
  const task: Task = {
    id: taskId,
    name,
    displayName: `Task ${number}`,
    ownerId: owner.id,
    organizationId: organization.id,
    templateVersionId: version.id,
    prompt: "Fix the tests",
    workspaceId: workspace.id,
    createdAt: world.now,
    conversation: [],
    ...placed.task,
  };
  world.saveWorkspace(workspace);
  world.saveTask(task);
  return { task, workspace };
}

/** A build in a condition. An agent is there by default once a start job has succeeded. */
export function buildIn(world: World, condition: Condition, number: number): Build {
  const { transition = "start", job = "succeeded", app = {} } = condition;
  const lifecycle = condition.agent ?? (transition === "start" && job === "succeeded" ? "created" : "none");
  const agent =
    lifecycle === "none"
      ? undefined
      : moveAgent(
          newAgent(world.ids.next("test-agent"), { at: world.now, ids: world.ids }),
          lifecycle,
          world.now,
        );
  return {
    id: asId(world.ids.next("build")),
    number,
    transition,
    reason: "initiator",
    initiatorId: users.member.id,
    templateVersionId: version.id,
    createdAt: world.now,
    updatedAt: world.now,
    job: { id: world.ids.next("job"), fileId: world.ids.next("file"), status: job, error: "" },
    ...(agent === undefined ? {} : { agent: { ...agent, app: { ...agent.app, ...app } } }),
  };
}
