import { describe, expect, it } from "vitest";
import { asId, type TaskId } from "../../src/domain/ids.ts";
import { WorldTables } from "../../src/domain/world-tables.ts";
import {
  active,
  buildIn,
  buildWorld,
  organization,
  placeTask,
  template,
  tokenFor,
  users,
} from "../support/world-builder.ts";

function placed() {
  const world = buildWorld();
  return { world, ...placeTask(world, active, { name: "Fix-It" }) };
}

describe("the tables of a world", () => {
  it("find by name without regard to case, each owner's names apart", () => {
    const { world, task, workspace } = placed();
    const { tables } = world;

    expect(tables.userNamed("ALICE")).toBe(users.member);
    expect(tables.userNamed("bob")).toBe(users.colleague);
    expect(tables.organizationNamed("Acme")).toBe(organization);
    expect(tables.taskNamed(users.member.id, "fix-IT")).toBe(task);
    expect(tables.workspaceNamed(users.member.id, "fix-IT")).toBe(workspace);
    expect(tables.taskNamed(users.colleague.id, "fix-it")).toBeUndefined();
    expect(tables.userNamed("nobody")).toBeUndefined();
    expect(tables.organizationNamed("nowhere")).toBeUndefined();
  });

  it("find a template and its version by the version, and nothing for one that the template gave up", () => {
    const { tables } = buildWorld();
    expect(tables.templateOfVersion(template.activeVersionId)).toEqual({
      template,
      version: template.versions[0],
    });
    tables.saveTemplate({ ...template, versions: [] });
    expect(tables.templateOfVersion(template.activeVersionId)).toBeUndefined();
  });

  it("forget a task's name at its deletion, but not when another task has taken it", () => {
    const { world, task } = placed();
    const { tables } = world;
    const other = { ...task, id: asId<TaskId>(world.ids.next("another-task")) };
    tables.saveTask(other);
    tables.saveTask({ ...task, deletedAt: world.now });
    expect(tables.taskNamed(users.member.id, "fix-it")).toBe(other);
    tables.saveTask({ ...other, deletedAt: world.now });
    expect(tables.taskNamed(users.member.id, "fix-it")).toBeUndefined();
  });

  it("find a workspace by the token of any agent that it had, until it is dropped", () => {
    const { world, task, workspace } = placed();
    const { tables } = world;
    const tokens = workspace.builds.map((build) => build.agent?.token ?? "");
    const next = { ...workspace, builds: [...workspace.builds, buildIn(world, active, 3)] };
    tables.saveWorkspace(next);
    const newest = next.builds.at(-1)?.agent?.token ?? "";
    expect(tables.workspaceOfAgentToken(tokens[1] ?? "")).toBe(next);
    expect(tables.workspaceOfAgentToken(newest)).toBe(next);
    tables.dropWorkspace(next);
    for (const token of [...tokens, newest]) expect(tables.workspaceOfAgentToken(token)).toBeUndefined();
    expect(tables.workspaces.get(workspace.id)).toBeUndefined();
    expect(tables.tasks.get(task.id)).toBeUndefined();
    expect(tables.taskNamed(users.member.id, "fix-it")).toBeUndefined();
    expect(tables.workspaceNamed(users.member.id, "fix-it")).toBeUndefined();
  });

  it("find a workspace by any build and agent, also for a while after its deletion, and forget it then", () => {
    const world = buildWorld();
    const { tables } = world;
    const dropped = Array.from({ length: 51 }, () => {
      const { workspace } = placeTask(world, active);
      tables.dropWorkspace(workspace);
      return workspace;
    });
    const [first, second] = dropped;
    if (first === undefined || second === undefined) throw new Error("Nothing was dropped.");
    for (const { id, agent } of second.builds) {
      expect(tables.workspaceOfPart(id)).toBe(second.id);
      expect(agent && tables.workspaceOfPart(agent.id)).toBe(second.id);
    }
    expect(tables.departed(second.id)).toBe(second);
    expect(new WorldTables(tables, 1000).departed(second.id)?.createdAt).toBe(second.createdAt + 1000);
    expect(tables.departed(first.id)).toBeUndefined();
    for (const { id } of first.builds) expect(tables.workspaceOfPart(id)).toBeUndefined();
    expect(tables.workspaces.size).toBe(0);
  });

  it("forked do not see each other's changes, in either direction and in any index", () => {
    const { world, task, workspace } = placed();
    const base = world.tables;
    const fork = new WorldTables(base);
    fork.dropWorkspace(workspace);
    fork.saveUser({ ...users.member, username: "alicia" });
    fork.saveToken({ text: "more", userId: users.member.id });
    fork.saveTemplate({ ...template, versions: [] });
    base.saveTask({ ...task, prompt: "Other" });
    base.saveToken({ text: "base", userId: users.member.id });

    expect(base.taskNamed(users.member.id, "fix-it")?.prompt).toBe("Other");
    expect(base.workspaceNamed(users.member.id, "fix-it")).toBe(workspace);
    expect(base.users.get(users.member.id)).toBe(users.member);
    expect(base.userNamed("alicia")).toBeUndefined();
    expect(base.tokens.get("more")).toBeUndefined();
    expect(base.templateOfVersion(template.activeVersionId)).toBeDefined();
    expect(fork.taskNamed(users.member.id, "fix-it")).toBeUndefined();
    expect(fork.tokens.get("base")).toBeUndefined();
    expect(fork.tokens.get(tokenFor("member"))).toBeDefined();
  });
});
