import { faker } from "@faker-js/faker/locale/en";
import { describe, expect, it } from "vitest";
import { nameComplaint } from "../../src/domain/task-name.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { assets } from "../support/assets.ts";
import { scenarioFrom } from "./scenario-text.ts";

const { fixtures } = assets.library;

async function generated(order: string, seed = "1"): Promise<WorldStart> {
  return buildStart(await scenarioFrom(`generate: ${order}`), fixtures, { seed });
}

function tasksOf({ tables }: WorldStart) {
  return [...tables.tasks.values()];
}

describe("generated data", () => {
  it("is the same for one seed, whoever else uses the library in between", async () => {
    const one = await generated("{ tasks: 60, users: 5 }");
    faker.seed(99);
    faker.person.firstName();
    const again = await generated("{ tasks: 60, users: 5 }");
    expect(tasksOf(again)).toStrictEqual(tasksOf(one));
    expect([...again.tables.workspaces.values()]).toStrictEqual([...one.tables.workspaces.values()]);
    expect([...again.tables.users.values()]).toStrictEqual([...one.tables.users.values()]);
  });

  it("is another for another seed", async () => {
    const [one, other] = [
      await generated("{ tasks: 60, users: 5 }"),
      await generated("{ tasks: 60, users: 5 }", "2"),
    ];
    const promptsOf = (start: WorldStart) => tasksOf(start).map(({ prompt }) => prompt);
    expect(promptsOf(other)).not.toEqual(promptsOf(one));
    const namesOf = ({ tables }: WorldStart) => [...tables.users.values()].map(({ username }) => username);
    expect(namesOf(other)).not.toEqual(namesOf(one));
  });

  it("leaves the library's shared generator where it was", async () => {
    faker.seed(7);
    const expected = faker.number.int();
    faker.seed(7);
    await generated("{ tasks: 5 }");
    expect(faker.number.int()).toBe(expected);
  });

  it("keeps what was there when more is asked for", async () => {
    const [few, many] = [await generated("{ tasks: 20 }"), await generated("{ tasks: 40 }")];
    const ids = new Set(tasksOf(many).map(({ id }) => id));
    expect(tasksOf(few).every(({ id }) => ids.has(id))).toBe(true);
  });

  it("has as many tasks and users as asked for, with names that the API would take", async () => {
    const { tables } = await generated("{ tasks: 300, users: 40 }");
    expect(tables.tasks.size).toBe(300);
    expect(tables.users.size).toBe(45);
    for (const { name } of tables.tasks.values()) expect(nameComplaint(name)).toBeUndefined();
    for (const { username } of tables.users.values()) expect(username).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it("is owned by members of the template's organization and made within the given time", async () => {
    const { tables, startsAt } = await generated("{ tasks: 100, users: 10, over: 2d }");
    for (const task of tables.tasks.values()) {
      const owner = tables.users.get(task.ownerId);
      expect(owner?.memberships.map(({ organizationId }) => organizationId)).toContain(task.organizationId);
      expect(startsAt - task.createdAt).toBeLessThanOrEqual(2 * 86_400_000);
    }
  });

  it("keeps to the stages, owners and templates that it is given", async () => {
    const start = await generated(
      "{ tasks: 30, stages: { paused: 1 }, owners: [priya], templates: [harbor/data-agent] }",
    );
    const workspaces = [...start.tables.workspaces.values()];
    expect(new Set(workspaces.map(({ builds }) => builds.at(-1)?.transition))).toEqual(new Set(["stop"]));
    const owners = workspaces.map(({ ownerId }) => start.tables.users.get(ownerId)?.username);
    expect(new Set(owners)).toEqual(new Set(["priya"]));
    const templates = workspaces.map(({ templateId }) => start.tables.templates.get(templateId)?.name);
    expect(new Set(templates)).toEqual(new Set(["data-agent"]));
  });
});
