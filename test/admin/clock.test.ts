import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();
const start = () => startAdminEngine({ contracts });

describe("the clock", () => {
  it("tells how it runs and when something happens next", async () => {
    const mock = start();
    expect((await mock.admin("GET", "/clock")).body).toEqual({
      mode: "manual",
      speed: 1,
      now: "2026-01-01T00:00:00Z",
    });
    await createTask(mock);
    expect((await mock.admin("GET", "/clock")).body.next_due).toBe("2026-01-01T00:00:00.500Z");
  });

  it("advances by a span and tells what happened", async () => {
    const mock = start();
    const id = await createTask(mock);
    const { body } = await mock.admin("POST", "/clock/advance", { by: "2s" });
    expect(body).toMatchObject({ now: "2026-01-01T00:00:02Z", next_due: "2026-01-01T00:00:03Z" });
    expect(body.events).toEqual([
      {
        at: "2026-01-01T00:00:00.500Z",
        task: { id, name: "fix-it" },
        kind: "job-running",
        before: { status: "pending", workspace_status: "pending" },
        after: { status: "initializing", workspace_status: "starting", state: "working" },
      },
      {
        at: "2026-01-01T00:00:02Z",
        task: { id, name: "fix-it" },
        kind: "job-succeeded",
        before: { status: "initializing", workspace_status: "starting", state: "working" },
        after: { status: "initializing", workspace_status: "running", state: "working" },
      },
    ]);
  });

  it("advances to an instant in any offset, ten years at most", async () => {
    const mock = start();
    const to = await mock.admin("POST", "/clock/advance", { to: "2026-01-01T02:00:00+01:00" });
    expect(to.body.now).toBe("2026-01-01T01:00:00Z");
    expect((await mock.admin("POST", "/clock/advance", { by: "0s" })).body.events).toEqual([]);
    expect((await mock.admin("POST", "/clock/advance", { by: "3652d" })).status).toBe(200);
  });

  it("shows a deletion that came through", async () => {
    const mock = start();
    const id = await createTask(mock);
    await mock.admin("POST", `/tasks/${id}/settle`);
    await mock.api("DELETE", `/tasks/me/${id}`);
    const { events } = (await mock.admin("POST", "/clock/advance", { by: "1m" })).body;
    expect(events.at(-1)).toMatchObject({ task: { id }, after: { workspace_status: "deleted" } });
  });

  it("is set forward, and what was due by then has happened", async () => {
    const mock = start();
    const id = await createTask(mock);
    const order = { mode: "manual", speed: 60, now: "2026-01-01T01:00:00Z" };
    expect((await mock.admin("PUT", "/clock", order)).body).toEqual(order);
    expect((await mock.admin("GET", `/tasks/${id}`)).body).toMatchObject({ status: "active", due: [] });
    expect((await mock.admin("PUT", "/clock", { mode: "real" })).body).toMatchObject({
      mode: "real",
      speed: 60,
    });
  });

  it("runs on from where it was put, and stands still once it is manual", async () => {
    let hostTime = 0;
    const mock = startAdminEngine({ contracts, hostTime: () => hostTime });
    const now = async () => (await mock.admin("GET", "/clock")).body.now;
    await mock.admin("PUT", "/clock", { mode: "real", speed: 60 });
    hostTime += 1_000;
    expect(await now()).toBe("2026-01-01T00:01:00Z");
    const advanced = await mock.admin("POST", "/clock/advance", { by: "1h" });
    expect(advanced.body.now).toBe("2026-01-01T01:01:00Z");
    hostTime += 1_000;
    expect(await now()).toBe("2026-01-01T01:02:00Z");
    await mock.admin("PUT", "/clock", { mode: "manual" });
    hostTime += 1_000;
    expect(await now()).toBe("2026-01-01T01:02:00Z");
  });

  it("comes to the same by many small steps as by one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 6 }), async (steps) => {
        const [walker, jumper] = [start(), start()];
        const ids = [await createTask(walker), await createTask(jumper)];
        const walked = [];
        for (const step of steps) {
          walked.push(...(await walker.admin("POST", "/clock/advance", { by: `${step}ms` })).body.events);
        }
        const sum = steps.reduce((total, step) => total + step, 0);
        const jumped = (await jumper.admin("POST", "/clock/advance", { by: `${sum}ms` })).body.events;
        expect(walked).toEqual(jumped);
        const [one, other] = [
          await walker.admin("GET", `/tasks/${ids[0]}`),
          await jumper.admin("GET", `/tasks/${ids[1]}`),
        ];
        expect(one.body).toEqual(other.body);
      }),
      { numRuns: 25 },
    );
  });
});
