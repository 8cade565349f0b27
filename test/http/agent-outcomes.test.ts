import { beforeAll, describe, expect, it } from "vitest";
import type { TestMock } from "../support/test-mock.ts";
import { create, mockOf } from "./own-scenario.ts";

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
