// What is measured: the requests, and the start states that they meet.

/** Any token that a default user answers to does; this is the one of the documented samples. */
const headers = { "coder-session-token": "API_KEY" };
const json = { ...headers, "content-type": "application/json" };
const owner = "olga";

/** So many first words that generated names, of which each has 65,536 suffixes, never become scarce. */
const prompts = 200;

/**
 * `must` and `aim` are ratios to bare Express, of answers per second.
 * `requests` go out in turn on each connection. `sockets`: autocannon would be slower than the mock (sockets.mjs).
 */
export const loadCases = [
  {
    id: "get-one",
    title: "GET one task",
    scenario: "ten",
    status: 200,
    must: 1.5,
    aim: 3,
    requests: () => [{ method: "GET", path: `/api/v2/tasks/${owner}/bench-1`, headers }],
  },
  {
    id: "list-10",
    title: "GET list of 10",
    scenario: "ten",
    status: 200,
    must: 1.2,
    aim: 4,
    requests: () => [{ method: "GET", path: "/api/v2/tasks", headers }],
  },
  {
    id: "list-1000",
    title: "GET list of 1,000",
    scenario: "thousand",
    sockets: true,
    status: 200,
    must: 2.5,
    aim: 10,
    requests: () => [{ method: "GET", path: "/api/v2/tasks", headers }],
  },
  {
    id: "create",
    title: "POST create",
    scenario: "ten",
    status: 201,
    must: 1.2,
    aim: 2,
    // Each answer is another task, so its bytes are not compared.
    isNewEachTime: true,
    requests: ({ template_version_id }) =>
      Array.from({ length: prompts }, (_, index) => ({
        method: "POST",
        path: `/api/v2/tasks/${owner}`,
        headers: json,
        body: JSON.stringify({
          template_version_id,
          input: `Task ${index}: the login test fails about one run in five on CI. Find out why, and fix it.`,
        }),
      })),
  },
  {
    id: "invalid",
    title: "POST an invalid body",
    scenario: "ten",
    status: 400,
    must: 1.5,
    aim: 3,
    requests: () => [
      {
        method: "POST",
        path: `/api/v2/tasks/${owner}`,
        headers: json,
        body: JSON.stringify({ template_version_id: 42, input: ["not", "a", "text"] }),
      },
    ],
  },
];

/** The request of the start and of the one-connection measurement. */
export const firstRequest = loadCases[0].requests()[0];

/** Start states by name. The tasks have come to rest: nothing happens by itself while a list is read. */
export const scenarios = { ten: scenario(10), thousand: scenario(1_000) };

function scenario(tasks) {
  return {
    description: `${tasks} tasks at rest, for the benchmark.`,
    organizations: ["harbor", "labs"],
    users: ["olga", "mateo", "priya", "ines", "tomasz"],
    templates: ["web-agent", "data-agent", "plain-linux"],
    default_user: owner,
    tasks: Array.from({ length: tasks }, (_, index) => ({
      name: `bench-${index + 1}`,
      owner,
      template: "web-agent",
      preset: "large",
      prompt: "The login test fails about one run in five on CI. Find out why, and fix it.",
      display_name: `Fix the flaky login test ${index + 1}`,
      created: "6h",
      since: "40m",
      stage: "idle",
      reports: [
        { state: "working", message: "Running the login tests forty times", at: "5h55m" },
        {
          state: "idle",
          message: "Pull request 412 is open and green",
          uri: "https://git.harbor.example/web/pull/412",
          at: "40m",
        },
      ],
    })),
  };
}
