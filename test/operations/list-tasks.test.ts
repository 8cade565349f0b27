import { describe, expect, it } from "vitest";
import type { World } from "../../src/domain/world.ts";
import {
  active,
  advance,
  buildWorld,
  elsewhere,
  organization,
  paused,
  placeTask,
  users,
  type Who,
} from "../support/world-builder.ts";
import { callOperation, fieldsOf, type Request } from "./call-operation.ts";

const list = "list-ai-tasks";

/** Four tasks of three owners, one second apart. */
function world(): World {
  const one = buildWorld();
  placeTask(one, active, { name: "first" });
  advance(one, 1_000);
  placeTask(one, paused, { name: "second", owner: users.colleague });
  advance(one, 1_000);
  placeTask(one, { job: "pending" }, { name: "third" });
  advance(one, 1_000);
  placeTask(one, active, { name: "fourth", owner: users.outsider });
  return one;
}

async function names(one: World, request: Request = {}): Promise<readonly unknown[]> {
  const reply = await callOperation(one, list, request);
  expect(reply.status).toBe(200);
  const { tasks, count } = fieldsOf(reply);
  if (!Array.isArray(tasks)) throw new Error("There is no list of tasks.");
  expect(count).toBe(tasks.length);
  return tasks.map((task: { readonly name?: unknown }) => task.name);
}

function q(text: string): readonly (readonly [string, string])[] {
  return [["q", text]];
}

describe("the list of tasks", () => {
  it.each<[Who, readonly string[]]>([
    ["member", ["third", "first"]],
    ["colleague", ["second"]],
    ["siteOwner", ["fourth", "third", "second", "first"]],
    ["orgAdmin", ["fourth", "third", "second", "first"]],
    ["userAdmin", []],
    ["templateAdmin", []],
    ["auditor", []],
    ["outsider", ["fourth"]],
    ["outsideAdmin", []],
  ])("shows %s, newest first, %j", async (as, expected) => {
    expect(await names(world(), { as })).toEqual(expected);
  });

  it("shows a shared task", async () => {
    const one = world();
    placeTask(one, active, { name: "shared", sharedWith: [users.colleague] });

    expect(await names(one, { as: "colleague" })).toEqual(["shared", "second"]);
  });

  it("is an empty array without tasks", async () => {
    expect(await callOperation(buildWorld(), list)).toEqual({
      outcome: "handled",
      status: 200,
      body: { tasks: [], count: 0 },
    });
  });

  it("leaves deleted tasks out from the moment of their deletion", async () => {
    const one = world();
    await callOperation(one, "delete-ai-task", { task: "first" });

    expect(await names(one)).toEqual(["third"]);
  });

  it.each<[string, Who, readonly string[]]>([
    ["", "siteOwner", ["fourth", "third", "second", "first"]],
    ["owner:me", "siteOwner", []],
    ["owner:me", "member", ["third", "first"]],
    ["OWNER:ME Status:Active", "member", ["first"]],
    ["alice", "siteOwner", ["third", "first"]],
    ["Bob", "siteOwner", ["second"]],
    ['owner:"alice" status:"pending"', "siteOwner", ["third"]],
    ["organization:acme owner:alice status:active", "siteOwner", ["first"]],
    [`owner:${users.colleague.id}`, "siteOwner", ["second"]],
    [`owner:${users.colleague.id.toUpperCase()}`, "siteOwner", ["second"]],
    // An id is taken as is: what the caller may not read is dropped in silence.
    [`owner:${users.colleague.id}`, "member", []],
    [`owner:${organization.id}`, "siteOwner", []],
    [`organization:${organization.id}`, "siteOwner", ["fourth", "third", "second", "first"]],
    [`organization:${elsewhere.id}`, "member", []],
    ["organization:umbrella", "siteOwner", []],
    ["status:paused", "siteOwner", ["second"]],
    ["status:unknown", "siteOwner", []],
    ['owner:""', "member", ["third", "first"]],
  ])("for q=%s and %s shows %j", async (text, as, expected) => {
    expect(await names(world(), { as, query: q(text) })).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ["owner:nonexistent", ["owner"]],
    ["owner:bob", ["owner"]],
    ["foo bar", ["owner"]],
    ["owner:me, status:active", ["owner"]],
    ["organization:nonexistent", ["organization"]],
    ["organization:umbrella", ["organization"]],
    ["organization:nonexistent owner:nonexistent", ["owner", "organization"]],
    ["owner:alice invalid:param", ["invalid"]],
    ["owner:nonexistent invalid:param", ["owner", "invalid"]],
    ["owner:me owner:me organization:nonexistent", ["owner", "organization"]],
    ["owner:alice:extra", ["q"]],
    [":owner", ["q"]],
    ["owner:", ["q"]],
    ["owner:me owner:me", ["owner"]],
    ["owner:nonexistent status:running", ["owner"]],
  ])("for q=%s is refused on %j", async (text, fields) => {
    const reply = await callOperation(world(), list, { query: q(text) });
    const validations = fieldsOf(reply)["validations"];

    expect(reply.status).toBe(400);
    expect(Object.keys(fieldsOf(reply))).toEqual(["message", "validations"]);
    expect(fieldsOf(reply)["message"]).toMatch(/Invalid task search query/);
    expect(validations).toEqual(fields.map((field) => ({ field, detail: expect.any(String) })));
  });

  it("for an unknown status fails like the provider's database", async () => {
    expect(await callOperation(world(), list, { query: q("status:running") })).toMatchObject({
      status: 500,
      body: { message: expect.stringMatching(/Internal error fetching tasks/), detail: expect.any(String) },
    });
  });

  it("reads the first q and nothing else", async () => {
    const query = [
      ["limit", "1"],
      ["q", "status:active"],
      ["q", "nonsense:x"],
      ["offset", "9"],
    ] as const;

    expect(await names(world(), { query })).toEqual(["first"]);
  });

  it("follows the status of every task as time goes on", async () => {
    const one = buildWorld();
    const json = { template_version_id: "00000000-0000-4000-8000-000000000400", name: "fix" };
    await callOperation(one, "create-a-new-ai-task", { json });
    const seen: unknown[] = [];
    for (const status of ["pending", "initializing", "active"]) {
      seen.push(await names(one, { query: q(`status:${status}`) }));
      advance(one, status === "pending" ? 500 : 10_000);
    }

    expect(seen).toEqual([["fix"], ["fix"], ["fix"]]);
  });
});
