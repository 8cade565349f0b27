import { describe, expect, it } from "vitest";
import { type Profile, profiles } from "../../src/domain/revision.ts";
import type { Answer, Method } from "../support/http-client.ts";
import { admin, idOf, steeredOwner } from "../support/steer.ts";
import { type Asking, startTestMock, type TestMock } from "../support/test-mock.ts";

/** The life of a task, event by event, with nothing but the API and the clock. */
class Story {
  readonly #on: TestMock;
  /** Every answer as it came: status, headers, body. */
  readonly transcript: string[] = [];
  id = "";

  constructor(on: TestMock) {
    this.#on = on;
  }

  async ask(method: Method, path: string, asking: Asking = {}): Promise<Answer> {
    return this.#written(await this.#on.ask(method, path, { as: steeredOwner, ...asking }));
  }

  on(method: Method, path: string, body?: object): Promise<Answer> {
    return this.ask(method, `/tasks/me/${this.id}${path}`, body === undefined ? {} : { body });
  }

  async pass(by: string): Promise<readonly string[]> {
    const response = this.#written(await admin(this.#on, "POST", "/clock/advance", { by }));
    return response.body.events.map(({ kind }: { readonly kind: string }) => kind);
  }

  /** What the API shows now, a line: build number, both statuses, whether ids are set, lifecycle, state. */
  async row(): Promise<string> {
    const { body } = await this.on("GET", "");
    const ids = [body.workspace_agent_id, body.workspace_app_id].map((id) => (idOf(id) ? "id" : "-"));
    const state = body.current_state;
    return [
      body.workspace_build_number,
      body.workspace_status,
      body.status,
      ...ids,
      body.workspace_agent_lifecycle ?? "-",
      state ? `${state.state}: ${state.message}` : "-",
    ].join(" | ");
  }

  async logs(): Promise<readonly string[]> {
    const { body } = await this.on("GET", "/logs");
    return body.logs.map(({ type, content }: { type: string; content: string }) => `${type}: ${content}`);
  }

  #written(response: Answer): Answer {
    const { status, headers, text } = response;
    this.transcript.push(`${status} ${JSON.stringify(headers)} ${text}`);
    return response;
  }
}

async function tell(profile: Profile): Promise<readonly string[]> {
  const mock = await startTestMock({ scenario: "empty", profile, seed: "a-story" });
  const story = new Story(mock);
  await firstStart(story, mock);
  await conversation(story);
  await pause(story);
  await resume(story);
  await end(story);
  return story.transcript;
}

const prompt = "Count the tests.";
async function firstStart(story: Story, mock: TestMock): Promise<void> {
  const body = { template_version_id: mock.version("web-agent").id, input: prompt, name: "story" };
  const created = await story.ask("POST", `/tasks/${steeredOwner}`, { body });
  expect(created.status).toBe(201);
  story.id = created.body.id;
  expect((await story.on("GET", "")).text, "the answer to create is the task as GET shows it").toBe(
    created.text,
  );
  expect(await story.row()).toBe("1 | pending | pending | - | - | - | -");
  expect(await story.pass("499ms")).toEqual([]);
  expect(await story.pass("1ms")).toEqual(["job-running"]);
  expect(await story.row()).toBe("1 | starting | initializing | - | - | - | working: Workspace is starting");
  expect(await story.pass("1500ms")).toEqual(["job-succeeded"]);
  expect(await story.row()).toBe(
    "1 | running | initializing | id | id | created | working: Agent is connecting",
  );
  expect(await story.pass("1s")).toEqual(["agent"]);
  expect(await story.row()).toBe(
    "1 | running | initializing | id | id | starting | working: Agent is starting",
  );
  expect(await story.pass("1s")).toEqual(["agent"]);
  expect(await story.row()).toBe(
    "1 | running | initializing | id | id | ready | working: App is initializing",
  );
  expect(await story.pass("1s")).toEqual(["app-healthy", "turn"]);
  expect(await story.row(), "no report yet, so no state").toBe("1 | running | active | id | id | ready | -");
}

async function conversation(story: Story): Promise<void> {
  expect(await story.pass("500ms")).toEqual(["report"]);
  expect(await story.row()).toBe(
    `1 | running | active | id | id | ready | working: Reading the task: Count the tests`,
  );
  expect(await story.logs()).toEqual([`input: ${prompt}`]);
  expect(await story.pass("1500ms")).toEqual(["message", "report"]);
  expect(await story.row()).toBe("1 | running | active | id | id | ready | idle: Waiting for input");
  const said = [`input: ${prompt}`, expect.stringMatching(/^output: .*Count the tests/)];
  expect(await story.logs()).toEqual(said);

  expect((await story.on("POST", "/send", { input: "And the slow ones?" })).status).toBe(204);
  expect(await story.row()).toBe(
    "1 | running | active | id | id | ready | working: Working on: And the slow ones",
  );
  const busy = await story.on("POST", "/send", { input: "Hello?" });
  expect([busy.status, busy.body.detail]).toEqual([409, "Status: running"]);
  await story.pass("2s");
  expect(await story.row()).toBe("1 | running | active | id | id | ready | idle: Waiting for input");
  const { body } = await story.on("GET", "/logs");
  expect(body.logs.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3, 4]);
  expect(body.logs.at(-1)).toMatchObject({
    type: "output",
    content: expect.stringContaining("And the slow ones"),
    time: "2026-02-02T09:00:09Z",
  });
  expect(body).not.toHaveProperty("snapshot");
}

async function pause(story: Story): Promise<void> {
  const live = await story.logs();
  expect((await story.on("POST", "/pause")).status).toBe(202);
  expect(await story.row()).toBe("2 | pending | unknown | - | - | - | idle: Waiting for input");
  expect((await story.on("GET", "/logs")).status).toBe(409);
  await story.pass("500ms");
  expect(await story.row()).toBe("2 | stopping | unknown | - | - | - | idle: Waiting for input");
  expect(await story.pass("1500ms")).toEqual(["snapshot", "job-succeeded"]);
  expect(await story.row()).toBe("2 | stopped | paused | - | - | - | idle: Waiting for input");
  const { body } = await story.on("GET", "/logs");
  expect(body).toMatchObject({ snapshot: true, snapshot_at: "2026-02-02T09:00:10.250Z" });
  expect(await story.logs()).toEqual(live);
}

async function resume(story: Story): Promise<void> {
  const input = " Count the tests twice.\n";
  expect((await story.on("PATCH", "/input", { input })).status).toBe(204);
  expect((await story.on("GET", "")).body.initial_prompt).toBe(input);
  expect((await story.on("POST", "/resume")).status).toBe(202);
  expect(await story.row()).toBe("3 | pending | pending | - | - | - | -");
  expect((await story.on("PATCH", "/input", { input })).status).toBe(409);
  await story.pass("500ms");
  expect(await story.row()).toBe("3 | starting | initializing | - | - | - | working: Workspace is starting");
  const before = await story.logs();
  expect((await story.on("GET", "/logs")).body).toHaveProperty("snapshot", true);
  await story.pass("4500ms");
  expect(await story.row()).toBe("3 | running | active | id | id | ready | -");
  expect(await story.logs(), "the new prompt is the first that the agent hears").toEqual([
    ...before,
    `input: ${input}`,
  ]);
  await story.pass("2s");
  expect(await story.row()).toBe("3 | running | active | id | id | ready | idle: Waiting for input");
}

async function end(story: Story): Promise<void> {
  const { workspace_id, template_version_id } = (await story.on("GET", "")).body;
  expect(idOf(workspace_id)).toBeDefined();
  expect((await story.on("DELETE", "")).status).toBe(202);
  expect((await story.on("DELETE", "")).status).toBe(404);
  expect((await story.ask("GET", "/tasks")).body).toEqual({ tasks: [], count: 0 });
  const again = { body: { template_version_id, input: prompt, name: "story" } };
  const taken = await story.ask("POST", `/tasks/${steeredOwner}`, again);
  expect([taken.status, taken.body.validations?.[0].field], "the name is free with its workspace").toEqual([
    409,
    "name",
  ]);
  expect(await story.pass("500ms")).toEqual(["job-running"]);
  expect(await story.pass("1500ms")).toEqual(["job-succeeded"]);
  const created = await story.ask("POST", `/tasks/${steeredOwner}`, again);
  expect(created.status).toBe(201);
  expect(created.body.id).not.toBe(story.id);
}

describe.each(profiles)("the life of a task in profile %s", (profile) => {
  it("goes through every row of the lifecycle, and once more byte by byte", async () => {
    const first = await tell(profile);
    expect(await tell(profile)).toEqual(first);
  });
});
