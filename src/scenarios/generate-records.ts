import type { Faker } from "@faker-js/faker";
import { formatDuration, parseDuration } from "../domain/duration.ts";
import { hash128 } from "../domain/hash.ts";
import { IdSource } from "../domain/id-source.ts";
import { generateName } from "../domain/task-name.ts";
import { isInFlight, type Stage, stageNames } from "./build/stages.ts";
import { promptActions, promptConditions, promptSubjects } from "./generated-prompts.ts";
import type { ScenarioParts } from "./read-document.ts";
import type { GenerateRecord, TaskRecord, UserRecord } from "./scenario-document.ts";
import type { TemplateRecord } from "./template-document.ts";

export interface GeneratedRecords {
  readonly users: readonly UserRecord[];
  readonly tasks: readonly TaskRecord[];
}

/**
 * Makes up users and tasks from a text: the same text gives the same records on every run. Tasks are drawn one after
 * another, so that asking for more of them leaves the first ones as they were.
 */
export async function generateRecords(
  parts: ScenarioParts,
  order: GenerateRecord,
  root: string,
): Promise<GeneratedRecords> {
  const templates = chosenTemplates(parts, order);
  const taken = new Set(parts.users.map(({ value }) => value.username.toLowerCase()));
  const users = generateUsers(await createFaker(`${root}\u0000users`), {
    count: order.users ?? 0,
    organizations: [...new Set(templates.map((template) => template.organization))],
    taken,
  });
  const everyone = [...parts.users.map(({ value }) => value), ...users];
  const context: TaskSpace = {
    templates,
    ownersOf: new Map(
      templates.map((template) => [template, ownersOf(template, { everyone, parts, order })]),
    ),
    stages: weightedStages(order.stages ?? usualStages),
    span: parseDuration(order.over ?? "30d") ?? 0,
    taken: new Set(parts.tasks.map(({ value }) => nameKey(value.owner, value.name))),
    ids: new IdSource(root),
  };
  const faker = await createFaker(`${root}\u0000tasks`);
  const tasks = Array.from({ length: order.tasks }, () => generateTask(faker, context));
  return { users, tasks };
}

/** A generator of our own: the library's shared one is drawn from by others, too. */
async function createFaker(text: string): Promise<Faker> {
  // This entry loads one locale in place of seventy, but exports an instance only, so its class is taken from there.
  const { faker } = await import("@faker-js/faker/locale/en");
  const own: unknown = Reflect.construct(faker.constructor, [{ locale: faker.rawDefinitions }]);
  if (!isLike(own, faker)) throw new Error("The installed @faker-js/faker makes no generators of its own.");
  own.seed(hash128(text)[0]);
  return own;
}

function isLike<Value extends object>(value: unknown, model: Value): value is Value {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.getPrototypeOf(model)
  );
}

interface UserSpace {
  readonly count: number;
  readonly organizations: readonly string[];
  readonly taken: Set<string>;
}

function generateUsers(faker: Faker, { count, organizations, taken }: UserSpace): readonly UserRecord[] {
  return Array.from({ length: count }, () => {
    const first = faker.person.firstName();
    const last = faker.person.lastName();
    const stem = `${first}-${last.slice(0, 1)}`.toLowerCase().replaceAll(/[^a-z-]/g, "");
    const username = unusedName(stem, taken);
    taken.add(username);
    return { username, name: `${first} ${last}`, organizations };
  });
}

function unusedName(stem: string, taken: ReadonlySet<string>): string {
  if (!taken.has(stem)) return stem;
  let number = 2;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

function chosenTemplates({ templates }: ScenarioParts, order: GenerateRecord): readonly TemplateRecord[] {
  const records = templates.map(({ value }) => value);
  if (order.templates === undefined) return records.filter((record) => isUsable(record));
  return order.templates.flatMap((reference) =>
    records.filter(({ name, organization }) => reference === name || reference === `${organization}/${name}`),
  );
}

/** Whether new tasks can be made from a template's active version. */
export function isUsable(record: TemplateRecord): boolean {
  const active =
    record.versions?.find(({ name }) => name === record.active_version) ?? record.versions?.at(-1);
  return (active?.ai ?? record.ai ?? true) && record.deleted !== true && (record.deprecated ?? "") === "";
}

function ownersOf(
  template: TemplateRecord,
  {
    everyone,
    parts,
    order,
  }: { everyone: readonly UserRecord[]; parts: ScenarioParts; order: GenerateRecord },
): readonly string[] {
  const first = parts.organizations[0]?.value.name;
  return everyone
    .filter((user) => belongsTo(user, template.organization, first))
    .map(({ username }) => username)
    .filter((username) => order.owners === undefined || order.owners.includes(username));
}

/** Whether a user's record makes it a member; one that says nothing is in the first organization. */
export function belongsTo(user: UserRecord, organization: string, first: string | undefined): boolean {
  const memberships = user.organizations ?? (first === undefined ? [] : [first]);
  return memberships.some((one) => (typeof one === "string" ? one : one.name) === organization);
}

interface TaskSpace {
  readonly templates: readonly TemplateRecord[];
  readonly ownersOf: ReadonlyMap<TemplateRecord, readonly string[]>;
  readonly stages: readonly { readonly weight: number; readonly value: Stage }[];
  /** Milliseconds. */
  readonly span: number;
  readonly taken: Set<string>;
  readonly ids: IdSource;
}

/** What is under way when a world starts began within these milliseconds. */
const recent = 60_000;

function generateTask(faker: Faker, space: TaskSpace): TaskRecord {
  const template = faker.helpers.arrayElement(space.templates);
  const owner = faker.helpers.arrayElement(space.ownersOf.get(template) ?? []);
  const stage = faker.helpers.weightedArrayElement(space.stages);
  const prompt = [promptActions, promptSubjects, promptConditions]
    .map((pieces) => faker.helpers.arrayElement<string>(pieces))
    .join(" ");
  const share = faker.number.float({ min: 0.001, max: 1 }) ** 2;
  const age = Math.ceil(isInFlight(stage) ? Math.min(recent, space.span) * share : space.span * share);
  const name = unusedTaskName(owner, prompt, space);
  space.taken.add(nameKey(owner, name));
  const preset = template.versions?.at(-1)?.presets?.find((one) => one.default === true)?.name;
  return {
    name,
    owner,
    template: `${template.organization}/${template.name}`,
    prompt,
    created: formatDuration(age),
    stage,
    ...(preset === undefined || template.active_version !== undefined ? {} : { preset }),
  };
}

function unusedTaskName(owner: string, prompt: string, { taken, ids }: TaskSpace): string {
  let { name } = generateName(prompt, ids);
  while (taken.has(nameKey(owner, name))) name = generateName(prompt, ids).name;
  return name;
}

function nameKey(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}

function weightedStages(weights: NonNullable<GenerateRecord["stages"]>): TaskSpace["stages"] {
  return stageNames.flatMap((value) => {
    const weight = weights[value] ?? 0;
    return weight > 0 ? [{ weight, value }] : [];
  });
}

const usualStages: NonNullable<GenerateRecord["stages"]> = {
  idle: 30,
  paused: 30,
  complete: 14,
  working: 8,
  failed: 4,
  "build-failed": 3,
  resumed: 3,
  unhealthy: 1,
  "start-error": 1,
  "build-canceled": 1,
  pending: 1,
  provisioning: 1,
  starting: 1,
  stopping: 1,
  "no-app": 1,
};
