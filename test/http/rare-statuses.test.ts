import { describe, expect, it } from "vitest";
import type { TemplateVersion } from "../../src/domain/directory.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

/*
 * Documented errors that take an accident: a state that clients cannot bring about, or a planned fault where no state leads
 * there.
 */

/** Changes the active version of a template behind the API's back, and gives its id. */
function changeVersion({ mock }: TestMock, templateName: string, change: Partial<TemplateVersion>): string {
  const { tables } = mock.host.world;
  const template = [...tables.templates.values()].find(({ name }) => name === templateName);
  if (template === undefined) throw new Error(`No template ${templateName}.`);
  const versions = template.versions.map((version) =>
    version.id === template.activeVersionId ? { ...version, ...change } : version,
  );
  tables.saveTemplate({ ...template, versions });
  return template.activeVersionId;
}

async function create(mock: TestMock, version: string, preset?: string) {
  const body = {
    template_version_id: version,
    input: "Mend it",
    ...(preset === undefined ? {} : { template_version_preset_id: preset }),
  };
  return mock.ask("POST", "/tasks/me", { body });
}

describe("creating a task", () => {
  it.each(["pending", "running"] as const)(
    "is a 406 while the import of the version is %s",
    async (importStatus) => {
      const mock = await startTestMock();
      const answer = await create(mock, changeVersion(mock, "web-agent", { importStatus }));
      expect([answer.status, outcomeOf(answer)]).toEqual([406, "refused"]);
    },
  );

  it("is a 500 with a version that was archived, and with a preset that it does not have", async () => {
    const mock = await startTestMock();
    const unknown = await create(mock, mock.version("web-agent").id, "512a53a7-30da-446e-a1fc-713c630baff1");
    expect([unknown.status, outcomeOf(unknown)]).toEqual([500, "refused"]);
    const archived = await create(mock, changeVersion(mock, "web-agent", { archived: true }));
    expect([archived.status, outcomeOf(archived)]).toEqual([500, "refused"]);
  });
});

it("talking to an app without a URL is a 500", async () => {
  const mock = await startTestMock();
  mock.changeApp("dark-mode", { url: "" });
  const logs = await mock.ask("GET", "/tasks/me/dark-mode/logs");
  const sent = await mock.ask("POST", "/tasks/me/dark-mode/send", { body: { input: "Hello" } });
  expect([logs, sent].map((answer) => [answer.status, outcomeOf(answer)])).toEqual([
    [500, "refused"],
    [500, "refused"],
  ]);
});

it.each(["pause", "resume"])("a task that has lost its workspace can only fail to %s", async (action) => {
  const mock = await startTestMock({ scenario: "missing-workspace" });
  const { id } = [...mock.mock.host.world.tables.tasks.values()].find(
    ({ name }) => name === "lost-workspace",
  ) ?? { id: "none" };
  const answer = await mock.ask("POST", `/tasks/me/${id}/${action}`);
  expect([answer.status, outcomeOf(answer)]).toEqual([500, "refused"]);
});

it("a deletion fails by a planned fault only, and then changes nothing", async () => {
  const mock = await startTestMock();
  const plan = {
    name: "lost",
    match: { operation: "delete-ai-task" },
    fault: { kind: "status", status: 500 },
  };
  expect((await mock.ask("POST", "/__admin/faults", { as: "nobody", body: plan })).status).toBe(201);
  const answer = await mock.ask("DELETE", "/tasks/me/dark-mode");
  expect([answer.status, outcomeOf(answer)]).toEqual([500, "fault"]);
  expect((await mock.ask("GET", "/tasks/me/dark-mode")).status).toBe(200);
});
