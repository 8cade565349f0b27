import { beforeAll, describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";
import { create, mockOf } from "./own-scenario.ts";

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
