import { describe, expect, it } from "vitest";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { exportScenario } from "../../src/scenarios/export/export-scenario.ts";
import { type AdminEngine, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { assets } from "../support/assets.ts";

const contracts = await openContracts();
const library = assets.library;
const small = library.names().filter((name) => name !== "large" && name !== "busy-team");

async function startOf(name: string) {
  const source = library.get(name);
  if (source === undefined) throw new Error(`There is no scenario ${name}.`);
  return buildStart(source, library.fixtures, { seed: "1" });
}

async function engineOn(name: string) {
  const start = await startOf(name);
  return () =>
    startAdminEngine({
      contracts,
      start,
      means: {
        exportScenario,
        startFrom: (source, { seed }) => buildStart(source, library.fixtures, { seed }),
      },
    });
}

const questions: Readonly<Record<string, readonly [method: string, path: string, body?: object]>> = {
  get: ["GET", ""],
  pause: ["POST", "/pause"],
  resume: ["POST", "/resume"],
  send: ["POST", "/send", { input: "Go on" }],
  logs: ["GET", "/logs"],
  input: ["PATCH", "/input", { input: "Something else" }],
  delete: ["DELETE", ""],
};

/** A token of somebody who may do everything, good in every world of the same start. */
async function ownerToken(mock: AdminEngine): Promise<string> {
  const { users } = (await mock.admin("GET", "/users")).body;
  return users.find(({ roles }: { roles: string[] }) => roles.includes("owner")).tokens[0].token;
}

describe.each(small)("in scenario %s", (name) => {
  it("the answers foretold for every task are those that the API gives", async () => {
    const begin = await engineOn(name);
    const headers = { "coder-session-token": await ownerToken(begin()) };
    for (const task of (await begin().admin("GET", "/tasks?limit=1000")).body.tasks) {
      const real: Record<string, number> = {};
      for (const [key, [method, path, body]] of Object.entries(questions)) {
        const answer = await begin().ask({
          method,
          path: `/api/v2/tasks/me/${task.id}${path}`,
          body,
          headers,
        });
        real[key] = answer.status;
      }
      expect({ task: task.name, ...task.answers }).toEqual({ task: task.name, ...real });
    }
  });

  it("a state that was saved and loaded is the same, also in what comes after it", async () => {
    const begin = await engineOn(name);
    const [kept, loaded] = [begin(), begin()];
    for (const mock of [kept, loaded]) await mock.admin("POST", "/clock/advance", { by: "2s" });
    const saved = (await loaded.admin("GET", "/state")).body;
    expect((await loaded.admin("PUT", "/state", saved)).status).toBe(200);
    for (const mock of [kept, loaded]) await mock.admin("POST", "/clock/advance", { by: "5s" });
    for (const path of ["/tasks?limit=1000", "/users", "/templates", "/clock"]) {
      expect((await loaded.admin("GET", path)).body).toEqual((await kept.admin("GET", path)).body);
    }
  });
});

it("a document with mistakes changes nothing and gets all of them back, each with its pointer", async () => {
  const mock = (await engineOn("default"))();
  const before = (await mock.admin("GET", "/state")).body;
  const document = {
    tasks: [
      { name: "one", owner: "nobody", template: "nothing", stage: "asleep" },
      { name: 2, owner: "nobody", template: "nothing" },
    ],
  };
  const { status, body } = await mock.admin("PUT", "/state", document);
  const fields = body.validations.map(({ field }: { field: string }) => field);
  expect(status).toBe(400);
  expect(fields).toEqual(expect.arrayContaining(["/tasks/0/stage", "/tasks/1/name"]));
  expect((await mock.admin("GET", "/state")).body).toEqual(before);
});
