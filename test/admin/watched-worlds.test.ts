import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { Client, eventBench, openEvents } from "../support/event-bench.ts";
import { HandTime } from "../support/hand-time.ts";
import { startTestMock } from "../support/test-mock.ts";
import { buildWorld, tokenFor, users } from "../support/world-builder.ts";

const contracts = await openContracts();

describe("a world in which something is due when it begins", () => {
  const state = {
    tasks: [
      {
        name: "at-once",
        owner: "olga",
        template: "web-agent",
        builds: [{ transition: "start", job: "pending" }],
        due: [{ at: "in 0s", step: "job-running" }],
      },
    ],
  };
  const orders: readonly (readonly [method: "POST" | "PUT", path: string, body: object])[] = [
    ["POST", "/worlds", { state }],
    ["PUT", "/state", state],
  ];
  it.each(orders)("is made by %s %s", async (method, path, body) => {
    const mock = await startTestMock();
    const answer = await mock.ask(method, `/__admin${path}`, { as: "nobody", body });
    expect(answer.status, answer.text).toBe(method === "POST" ? 201 : 200);
    const world = answer.body.id ?? "default";
    const shown = await mock.ask("GET", `/w/${world}/__admin/tasks/at-once`, { as: "nobody" });
    expect(shown.body.builds[0].job.status).toBe("running");
  });
});

describe("who listens to all worlds", () => {
  it("hears of the steps of a world that was made later, when they are due, though nobody calls it", async () => {
    const time = new HandTime();
    const saved = startAdminEngine({ contracts });
    await createTask(saved);
    const state = saved.host.world.capture();
    const mock = startAdminEngine({
      contracts,
      hostTime: time.hostTime,
      after: time.after,
      means: { startFrom: () => Promise.resolve(state) },
    });
    const client = new Client();
    client.leave = (await openEvents(mock, "scope=all")).stream?.(client.sink) ?? client.leave;
    await mock.admin("POST", "/worlds", { id: "later", state: {}, clock: { mode: "real" } });
    time.pass(500);
    expect(client.gist).toEqual(["world later created", "lifecycle job-running"]);
    client.leave();
    time.pass(60_000);
    expect(time.timers).toBe(0);
  });

  it("hears nothing more of a world once it is over", async () => {
    const mock = eventBench();
    await mock.admin("POST", "/worlds", { id: "short" });
    const host = mock.worlds.get("short");
    const client = await mock.listen("scope=all");
    await mock.admin("DELETE", "/worlds/short");
    host?.restart({
      start: host.world.start,
      settings: host.world.settings,
      clock: host.options.clock,
      cause: "reset",
    });
    expect(client.gist).toEqual(["world short deleted"]);
  });
});

describe("who looks at a world from another", () => {
  it("sees no token that has expired since anybody called it", async () => {
    const { start } = buildWorld();
    const expiresAt = asInstant(start.startsAt + 10_000);
    start.tables.saveToken({ text: tokenFor("member"), userId: users.member.id, expiresAt });
    const time = new HandTime();
    const mock = startAdminEngine({ contracts, start, hostTime: time.hostTime, after: time.after });
    await mock.admin("POST", "/worlds", { id: "other" });
    await mock.admin("PUT", "/clock", { mode: "real" });
    const look = async () =>
      (await mock.ask({ method: "GET", path: "/w/other/__admin/worlds/default" })).body.tokens;
    expect(await look()).toHaveProperty("alice");
    time.pass(10_000);
    expect(await look()).not.toHaveProperty("alice");
  });
});
