import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { validatePaths } from "../../src/runtime/validate.ts";
import { admin, idle, newTask, paused, steer } from "../support/steer.ts";
import { startTestMock, type TestFlags, type TestMock } from "../support/test-mock.ts";

const folder = mkdtempSync(join(tmpdir(), "coder-tasks-mock-state-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The state of a world, saved as a file. */
async function saved(on: TestMock, name: string): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await yamlOf(on));
  return file;
}

async function yamlOf(on: TestMock): Promise<string> {
  const response = await admin(on, "GET", "/state?format=yaml");
  expect(response.headers["content-type"]).toBe("application/yaml; charset=utf-8");
  return response.text;
}

/** Things that a scenario's author would click together, and texts that YAML could stumble over. */
async function clickTogether(on: TestMock): Promise<void> {
  await steer(on, await newTask(on, "paused-one"), paused);
  await steer(on, await newTask(on, "idle-one"), idle);
  for (const content of [
    "- no: list\n\n  # nor comment \t\n",
    "yes",
    "1e3",
    "null",
    "\u0000 🦋 \u2028",
    "…: &a *b",
  ])
    await admin(on, "POST", "/tasks/idle-one/messages", { role: "agent", content });
  await on.ask("POST", "/tasks/priya/idle-one/send", {
    as: "priya",
    body: { input: "Go on: 'now' \"please\"" },
  });
  await newTask(on, "on-its-way");
  await on.ask("DELETE", `/tasks/priya/${await newTask(on, "on-its-way-out")}`, { as: "priya" });
  await admin(on, "POST", "/users", { username: "newcomer", roles: ["owner"] });
  for (const { name, versions, organizationId } of on.mock.host.world.directory.templates.values()) {
    const id = versions.find(({ hasAiTask }) => hasAiTask)?.id;
    if (
      id === undefined ||
      !on.user("priya").memberships.some((one) => one.organizationId === organizationId)
    )
      continue;
    await on.ask("POST", "/tasks/priya", {
      as: "priya",
      body: { template_version_id: id, input: `Use ${name}.` },
    });
  }
  await admin(on, "POST", "/clock/advance", { by: "7300ms" });
}

/** What happens in it from then on, as bytes. */
async function future(on: TestMock): Promise<readonly string[]> {
  const seen = [...(await on.everything())];
  await newTask(on, "made-next");
  await on.ask("POST", "/tasks/priya/paused-one/resume", { as: "priya" });
  for (const by of ["1s", "1m"]) {
    await admin(on, "POST", "/clock/advance", { by });
    seen.push(...(await on.everything()));
    seen.push(JSON.stringify((await admin(on, "GET", "/tasks?limit=1000")).body));
  }
  return seen;
}

describe("the state as a scenario file", () => {
  it.each<TestFlags>([
    { profile: "wire", seed: "7" },
    { revision: "2.31", scenario: "agents" },
  ])("passes validate and starts the same world, which goes on in the same way: %j", async (flags) => {
    const on = await startTestMock(flags);
    await clickTogether(on);
    const file = await saved(on, "clicked-together.yaml");
    expect(await validatePaths([file])).toEqual({ findings: [], checked: 1 });
    const { scenario: _, seed: __, ...rest } = flags;
    const again = await startTestMock({ ...rest, scenario: file });
    expect(await future(again)).toEqual(await future(on));
  });

  it("says in its first line when every token is the default user's", async () => {
    const [head] = (await yamlOf(await startTestMock({ auth: "any" }))).split("\n");
    expect(head).toMatch(/ --clock manual --revision 2\.34 --profile documented --auth any$/);
  });

  it("says in its first line what it is and how to start it", async () => {
    const text = await yamlOf(await startTestMock({ revision: "2.31", profile: "wire" }));
    expect(text.split("\n")[0]).toBe(
      '# Scenario for coder-tasks-mock: world "default" as it was at 2026-02-02T09:00:00Z. Start it: coder-tasks-mock serve --scenario FILE --clock manual --revision 2.31 --profile wire',
    );
  });

  it("holds what the JSON holds, with every value written where it stands", async () => {
    const on = await startTestMock();
    await clickTogether(on);
    const text = await yamlOf(on);
    const { body } = await admin(on, "GET", "/state");
    expect(parse(text, { maxAliasCount: 0 })).toEqual(body);
    expect((await admin(on, "GET", "/state?format=json")).body).toEqual(body);
  });

  it("taken back with very many mistakes, is refused with the first ones, and the world stays", async () => {
    const on = await startTestMock();
    const then = await on.everything();
    const body = { tasks: Array.from({ length: 2_000 }, () => ({})) };
    const answer = await on.ask("PUT", "/__admin/state", { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      message: "The scenario cannot be used: mend it in more than 1000 places.",
      validations: expect.toSatisfy((places: unknown) => Array.isArray(places) && places.length === 1_001),
    });
    expect(await on.everything()).toEqual(then);
  });

  it("taken back over the API, is the world that it was taken from", async () => {
    const on = await startTestMock();
    await clickTogether(on);
    const then = await on.everything();
    const state = parse(await yamlOf(on));
    await admin(on, "POST", "/reset");
    await admin(on, "PUT", "/state", state);
    expect(await on.everything()).toEqual(then);
  });
});
