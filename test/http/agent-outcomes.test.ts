import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

/** What is done to a task, or for how many seconds nothing is. */
type Doing = "pause" | "resume" | "delete" | "send" | "logs" | number;

interface Story {
  readonly name: string;
  /** YAML. */
  readonly behaviour: string;
  /** What is done, and how the task stands afterwards, or what an answer's status is. */
  readonly course: readonly (readonly [Doing, string])[];
}

/** Task status, workspace status, lifecycle, health, reported state. With the usual durations a task is idle after 7 s. */
const idle = "active running ready healthy idle";

const stories: readonly Story[] = [
  {
    name: "all-goes-well",
    behaviour: "{}",
    course: [
      [1, "initializing starting - - working"],
      [9, idle],
      ["pause", "202"],
      [5, "paused stopped - - idle"],
      ["resume", "202"],
      [10, idle],
      ["delete", "202"],
      [5, "gone"],
    ],
  },
  {
    name: "start-fails-once",
    behaviour: '{ start: [{ fails: "no room in zone b" }, succeeds] }',
    course: [
      [10, "error failed - - - no room in zone b"],
      ["send", "400"],
      ["logs", "409"],
      ["resume", "202"],
      [10, idle],
      ["pause", "202"],
      [5, "paused stopped - - idle"],
      ["resume", "202"],
      [10, idle],
    ],
  },
  {
    name: "start-hangs",
    behaviour: "{ start: hangs }",
    course: [
      [0, "pending pending - - -"],
      [3_600, "initializing starting - - working"],
      ["pause", "409"],
      ["delete", "409"],
    ],
  },
  {
    name: "start-is-canceled",
    behaviour: "{ start: [canceled, { fails: again }] }",
    course: [
      [10, "error canceled - - -"],
      ["resume", "202"],
      [10, "error failed - - - again"],
      ["resume", "202"],
      [10, "error failed - - - again"],
      ["delete", "202"],
      [5, "gone"],
    ],
  },
  {
    name: "startup-script-fails",
    behaviour: "{ agent: [start-error, ready] }",
    course: [
      [10, "active running start_error unhealthy idle"],
      ["send", "204"],
      ["pause", "202"],
      [5, "paused stopped - - working"],
      ["resume", "202"],
      [10, idle],
    ],
  },
  {
    name: "startup-script-is-slow",
    behaviour: "{ agent: start-timeout }",
    course: [
      [10, "active running start_timeout healthy idle"],
      ["send", "204"],
    ],
  },
  {
    name: "never-connects",
    behaviour: "{ agent: never-connects }",
    course: [
      [3_600, "initializing running created unhealthy working"],
      ["send", "409"],
      ["pause", "202"],
      [5, "paused stopped - - -"],
    ],
  },
  {
    name: "loses-its-connection",
    behaviour: "{ agent: [{ disconnects_after: 30s }, ready] }",
    course: [
      [33, idle],
      [2, "active running ready unhealthy idle"],
      ["pause", "202"],
      [5, "paused stopped - - idle"],
      ["resume", "202"],
      [60, idle],
    ],
  },
  {
    name: "falls-ill",
    behaviour: "{ app: [{ unhealthy_after: 20s }, healthy] }",
    course: [
      [24, idle],
      [2, "error running ready healthy idle"],
      ["send", "400"],
      ["logs", "409"],
      ["pause", "202"],
      [5, "paused stopped - - idle"],
      ["resume", "202"],
      [60, idle],
    ],
  },
  {
    name: "is-out-of-reach",
    behaviour: "{ app: unreachable }",
    course: [
      [10, idle],
      ["send", "502"],
      ["logs", "502"],
    ],
  },
  {
    name: "rejects",
    behaviour: "{ app: rejects }",
    course: [
      [10, idle],
      ["send", "502"],
      ["logs", "200"],
    ],
  },
  {
    name: "stop-fails-once",
    behaviour: "{ stop: [{ fails: the disk is in use }, succeeds] }",
    course: [
      [10, idle],
      ["pause", "202"],
      [5, "error failed - - idle the disk is in use"],
      ["pause", "202"],
      [5, "paused stopped - - idle"],
    ],
  },
  {
    name: "stop-hangs",
    behaviour: "{ stop: hangs }",
    course: [
      [10, idle],
      ["pause", "202"],
      [3_600, "unknown stopping - - idle"],
      ["resume", "409"],
    ],
  },
  {
    name: "stop-is-canceled",
    behaviour: "{ stop: canceled }",
    course: [
      [10, idle],
      ["pause", "202"],
      [5, "error canceled - - idle"],
      ["pause", "202"],
      [5, "error canceled - - idle"],
    ],
  },
  {
    name: "delete-fails",
    behaviour: "{ delete: { fails: it is locked } }",
    course: [
      [10, idle],
      ["delete", "202"],
      [5, "404, delete failed: it is locked"],
    ],
  },
  {
    name: "delete-hangs",
    behaviour: "{ delete: hangs }",
    course: [
      [10, idle],
      ["delete", "202"],
      [3_600, "404, delete running"],
    ],
  },
  {
    name: "delete-is-canceled",
    behaviour: "{ delete: canceled }",
    course: [
      [10, idle],
      ["delete", "202"],
      [5, "404, delete canceled"],
    ],
  },
];

/** A scenario in a file of its own, with the given text. */
async function mockOf(text: string, flags: { readonly seed?: string } = {}): Promise<TestMock> {
  const folder = await mkdtemp(join(tmpdir(), "outcomes-"));
  const file = join(folder, "outcomes.yaml");
  await writeFile(file, text);
  const mock = await startTestMock({ scenario: file, ...flags });
  await rm(folder, { recursive: true });
  return mock;
}

async function create(mock: TestMock, name: string, template: string, input = "Go on."): Promise<string> {
  const body = { template_version_id: mock.version(template).id, name, input };
  const { status, body: task } = await mock.ask("POST", "/tasks/me", { body });
  expect(status).toBe(201);
  return task.id;
}

async function standing(mock: TestMock, id: string): Promise<string> {
  const { status, body } = await mock.ask("GET", `/tasks/me/${id}`);
  const { tables } = mock.mock.host.world;
  const build = [...tables.workspaces.values()].find(({ taskId }) => taskId === id)?.builds.at(-1);
  if (build === undefined) return "gone";
  const error = build.job.error;
  if (status !== 200) {
    return `${status}, ${build.transition} ${build.job.status}${error === "" ? "" : `: ${error}`}`;
  }
  const health = body.workspace_agent_health;
  const words = [
    body.status,
    body.workspace_status,
    body.workspace_agent_lifecycle ?? "-",
    health === undefined ? "-" : health.healthy ? "healthy" : "unhealthy",
    body.current_state?.state ?? "-",
  ];
  return [...words, ...(error === "" ? [] : [error])].join(" ");
}

async function done(mock: TestMock, id: string, doing: Exclude<Doing, number>): Promise<string> {
  const path = `/tasks/me/${id}`;
  switch (doing) {
    case "pause":
    case "resume":
      return String((await mock.ask("POST", `${path}/${doing}`)).status);
    case "delete":
      return String((await mock.ask("DELETE", path)).status);
    case "send":
      return String((await mock.ask("POST", `${path}/send`, { body: { input: "And now?" } })).status);
    case "logs":
      return String((await mock.ask("GET", `${path}/logs`)).status);
  }
}

describe("a task whose template says how it fares", () => {
  let mock: TestMock;
  beforeAll(async () => {
    const templates = stories.map(
      ({ name, behaviour }) => `  - { name: ${name}, organization: harbor, behaviour: ${behaviour} }`,
    );
    mock = await mockOf(`templates:\n${templates.join("\n")}`);
  });

  it.each(stories)("goes the way of $name", async ({ name, course }) => {
    const id = await create(mock, name, name);
    for (const [index, [doing, expected]] of course.entries()) {
      if (typeof doing === "number") mock.pass(doing);
      const seen = typeof doing === "number" ? await standing(mock, id) : await done(mock, id, doing);
      expect(`${index} ${doing}: ${seen}`).toBe(`${index} ${doing}: ${expected}`);
    }
  });
});

describe("a range", () => {
  const text = "templates: [{ name: slow, organization: harbor, durations: { build: 10s..50s } }]";

  /** The seconds after which each of five tasks has its workspace. */
  async function builds(seed: string): Promise<readonly number[]> {
    const mock = await mockOf(text, { seed });
    for (const name of ["a", "b", "c", "d", "e"]) await create(mock, name, "slow");
    mock.pass(60);
    return ["a", "b", "c", "d", "e"].map((name) => {
      const job = mock.inside(name).workspace.builds[0]?.job;
      return ((job?.completedAt ?? 0) - (job?.startedAt ?? 0)) / 1_000;
    });
  }

  it("gives each build its own time within it, the same in every run and another with another seed", async () => {
    const [one, again, other] = [await builds("1"), await builds("1"), await builds("2")];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(new Set(one).size).toBe(5);
    for (const seconds of [...one, ...other]) {
      expect(seconds).toBeGreaterThanOrEqual(10);
      expect(seconds).toBeLessThanOrEqual(50);
    }
  });
});

interface Talk {
  readonly script: string;
  readonly task: string;
  /** State, message and uri after the first turn. */
  readonly opening: readonly [state: string, message: string, uri: string];
  readonly entries: number;
  /** Inputs with what the agent says last, and reports. */
  readonly inputs: readonly (readonly [input: string, said: RegExp, state: string, message: string])[];
}

const pull = "https://git.harbor.example/shop/pull/482";
const question = "Needs an answer: drop the column legacy_plan?";
const denied = "The package registry refuses @harbor/charts (403)";

const talks: readonly Talk[] = [
  {
    script: "bug-fix",
    task: "cart-total",
    opening: ["complete", "Pull request 482 is open", pull],
    entries: 5,
    inputs: [
      [
        "Rename the hook.",
        /^Done in a second commit: Rename the hook\./,
        "complete",
        "Pull request 482 has a new commit",
      ],
      ["Can you MERGE it?", /may not merge/, "idle", "Ready to be merged by a person"],
      ["What about the mobile app?", /not affected/, "idle", "Pull request 482 waits for a review"],
      ["Roll back, please", /closed/, "idle", "The change is taken back"],
    ],
  },
  {
    script: "long-refactoring",
    task: "date-helpers",
    opening: ["complete", "Forty modules moved", "https://git.harbor.example/web/compare/date-helpers"],
    entries: 13,
    inputs: [
      ["How far are you?", /^Every module has moved/, "idle", "The branch date-helpers waits for a review"],
      ["go on", /three commits/, "complete", "Clean-up done"],
      [
        "Add a note to the changelog",
        /^Done on the same branch/,
        "idle",
        "The branch date-helpers waits for a review",
      ],
    ],
  },
  {
    script: "question-back",
    task: "drop-column",
    opening: ["idle", question, ""],
    entries: 2,
    inputs: [
      ["Hm, what do you think?", /did not take that as a yes or a no/, "idle", question],
      ["Which accounts are these?", /before 2019/, "idle", question],
      ["No, leave it", /the column stays/i, "idle", "The column stays"],
      ["Yes!", /saves the 37 values/, "complete", "The column legacy_plan is dropped"],
    ],
  },
  {
    script: "failure",
    task: "charts-update",
    opening: ["failed", denied, ""],
    entries: 2,
    inputs: [
      ["Please try again.", /^Still 403/, "failed", denied],
      ["Hello?", /^I am stuck/, "failed", "Waiting for access to @harbor/charts"],
      ["There is a new token in the secrets", /everything is installed/, "idle", "Ready to begin"],
    ],
  },
  {
    script: "chatty",
    task: "folder-tour",
    opening: ["idle", "Would love to tell you more", ""],
    entries: 94,
    inputs: [
      ["Keep it short.", /one after it/, "idle", "Being brief"],
      ["And the tests?", /^In one sentence, yes\.$/, "idle", "Would love to tell you more"],
    ],
  },
];

describe("an agent of the scenario agents", () => {
  let mock: TestMock;
  beforeAll(async () => {
    mock = await startTestMock({ scenario: "agents" });
    mock.pass(900);
  });

  async function state(task: string): Promise<readonly string[]> {
    const { current_state: said } = (await mock.ask("GET", `/tasks/me/${mock.id(task)}`)).body;
    return [said.state, said.message, said.uri];
  }

  async function entries(task: string): Promise<readonly { readonly content: string }[]> {
    return (await mock.ask("GET", `/tasks/me/${mock.id(task)}/logs`)).body.logs;
  }

  it.each(talks)("that follows the script $script does what it says", async (talk) => {
    expect(mock.inside(talk.task).workspace.behaviour.script?.name).toBe(talk.script);
    expect(await state(talk.task)).toEqual(talk.opening);
    expect(await entries(talk.task)).toHaveLength(talk.entries);
    for (const [input, said, last, message] of talk.inputs) {
      const { status } = await mock.ask("POST", `/tasks/me/${mock.id(talk.task)}/send`, { body: { input } });
      expect(status).toBe(204);
      mock.pass(120);
      expect((await entries(talk.task)).at(-1)?.content).toMatch(said);
      expect((await state(talk.task)).slice(0, 2)).toEqual([last, message]);
    }
  });

  it("reports its progress many times on a long way", async () => {
    const { statuses } = mock.inside("date-helpers").workspace;
    const rounds = statuses.filter(({ message }) => message.startsWith("Round "));
    expect(rounds.map(({ message }) => message.split(" ")[1])).toEqual(
      Array.from({ length: 10 }, (_, index) => [String(index + 1), String(index + 1)]).flat(),
    );
  });

  it("is busy for as long as its turn takes, and then is not", async () => {
    const id = mock.id("cart-total");
    const send = () =>
      mock.ask("POST", `/tasks/me/${id}/send`, { body: { input: "What about the footer?" } });
    expect((await send()).status).toBe(204);
    expect((await send()).status).toBe(409);
    mock.pass(120);
    expect((await send()).status).toBe(204);
    mock.pass(120);
  });
});

describe("a pattern of a scenario", () => {
  it("that would take for ever elsewhere answers, and so does the server", async () => {
    const mock = await mockOf(`scripts:
  picky:
    reactions:
      - when: { pattern: "^(a+)+$" }
        acts: [{ idle: Only the letter a }]
    otherwise: [{ idle: Something else }]
templates: [{ name: picky, organization: harbor, behaviour: { script: picky } }]`);
    const id = await create(mock, "picky", "picky");
    mock.pass(60);
    const answers: unknown[] = [];
    for (const input of [`${"a".repeat(60_000)}!`, "a".repeat(60_000)]) {
      await mock.ask("POST", `/tasks/me/${id}/send`, { body: { input } });
      mock.pass(10);
      answers.push((await mock.ask("GET", `/tasks/me/${id}`)).body.current_state.message);
    }
    expect(answers).toEqual(["Something else", "Only the letter a"]);
  });
});

describe("two mocks of one seed", () => {
  /** Every answer along the way of all agents, in bytes. */
  async function told(seed: string): Promise<readonly string[]> {
    const mock = await startTestMock({ scenario: "agents", seed });
    const answers: string[] = [];
    for (const seconds of [3, 8, 20, 45, 200]) {
      mock.pass(seconds);
      answers.push(...(await mock.everything()));
      const input = { input: `Yes, after ${seconds} s.` };
      for (const task of ["cart-total", "drop-column", "folder-tour", "reset-mails"]) {
        const { status } = await mock.ask("POST", `/tasks/me/${mock.id(task)}/send`, { body: input });
        answers.push(String(status));
      }
    }
    return answers;
  }

  it("show the same bytes of all that their agents do", async () => {
    const one = await told("7");
    expect(await told("7")).toEqual(one);
    expect(await told("8")).not.toEqual(one);
  });
});
