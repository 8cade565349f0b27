import fc from "fast-check";
import { expect, it } from "vitest";
import { type Profile, profiles, type Revision, revisions } from "../../src/domain/revision.ts";
import { HttpClient, type Json } from "../support/http-client.ts";
import { serveMock } from "../support/served-mock.ts";
import { ask, command, create, report, say, settle, upload } from "./model-commands.ts";
import { bringDown, bringUp, steerAgent, steerApp, steerBuild } from "./steer-commands.ts";
import {
  advanceBy,
  advanceNext,
  advanceTo,
  advanceUntil,
  advanceUntilGone,
  restore,
  snapshot,
} from "./time-commands.ts";
import { owner, WatchedWorld } from "./watched-world.ts";
import { WorldModel } from "./world-model.ts";

const runs = Number(process.env["CODER_TASKS_MOCK_TEST_RUNS"] ?? 60);

interface Contract {
  readonly revision: Revision;
  readonly profile: Profile;
}

function commandsFor(contract: Contract) {
  const reset = fc.constant(
    command("reset", async (model, world) => {
      expect((await world.admin("POST", "/reset", contract)).status).toBe(200);
      model.reset();
    }),
  );
  const often = [ask, ask, ask, ask, ask, bringUp, steerBuild, advanceBy, advanceUntil];
  const sometimes = [
    bringDown,
    create,
    steerAgent,
    steerApp,
    report,
    say,
    upload,
    settle,
    advanceNext,
    advanceTo,
    advanceUntilGone,
  ];
  const seldom = [snapshot, restore, restore, reset];
  const all = [create, ...often, ...often, ...often, ...sometimes, ...sometimes, ...seldom];
  return fc.commands(all, { maxCommands: 100, size: "max" });
}

const sequences = fc
  .record({ revision: fc.constantFrom(...revisions), profile: fc.constantFrom(...profiles) })
  .chain((contract) => commandsFor(contract).map((sequence) => ({ contract, sequence })));

it("every task is and does what a model of the rules foretells, whatever is done, in any order", async () => {
  await using served = await serveMock({ scenario: "empty" });
  const client = new HttpClient(served.url);
  const world = await watch(client);
  await fc.assert(
    fc.asyncProperty(sequences, async ({ contract, sequence }) => {
      for (const name of ["one", "two"]) await world.admin("DELETE", `/snapshots/${name}`);
      expect((await world.admin("POST", "/reset", contract)).status).toBe(200);
      const model = new WorldModel(contract.revision === "2.30");
      await fc.asyncModelRun(() => ({ model, real: world }), sequence);
    }),
    { numRuns: runs * 2, interruptAfterTimeLimit: 550_000, markInterruptAsFailure: false },
  );
  client.close();
  expect(served.log.filter((line) => line.includes("bug"))).toEqual([]);
}, 600_000);

async function watch(client: HttpClient): Promise<WatchedWorld> {
  const read = async (path: string) => (await client.call({ method: "GET", path: `/__admin${path}` })).body;
  const { users } = await read("/users");
  const { templates } = await read("/templates");
  const { tokens } = users.find(({ username }: Json) => username === owner);
  const { active_version_id: version } = templates.find(({ name }: Json) => name === "web-agent");
  return new WatchedWorld(client, { token: tokens[0].token ?? tokens[0], version });
}
