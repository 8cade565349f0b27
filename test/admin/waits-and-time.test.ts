import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTaskIn, soFar, toActive, waitBench, waitForTask } from "../support/wait-bench.ts";

const active = { status: "active" };

describe("a wait for a task", () => {
  it("is over at once when it is true already", async () => {
    const mock = await waitBench();
    await toActive(mock);
    expect(await waitForTask(mock, { ...active, timeout: "0s" })).toMatchObject({ status: 200 });
    expect(mock.time.timers).toBe(0);
  });

  it("is over by time alone on a clock that runs, as soon as the step is due", async () => {
    const mock = await waitBench();
    await mock.admin("PUT", "/clock", { mode: "real", speed: 10 });
    const waiting = waitForTask(mock, active);
    mock.time.pass(499);
    expect(await soFar(waiting)).toBe("held");
    mock.time.pass(1);
    const { status, body } = await waiting;
    expect({ status, body }).toMatchObject({ status: 200, body: { status: "active" } });
    expect(mock.time.timers).toBe(0);
  });

  it("sees every state on a clock that runs, also when many steps come at once", async () => {
    const mock = await waitBench();
    await mock.admin("PUT", "/clock", { mode: "real", speed: 10_000 });
    const waiting = ["initializing", "active"].map((status) => waitForTask(mock, { status }));
    mock.time.pass(100);
    expect(await Promise.all(waiting.map(async (one) => (await one).body.status))).toEqual([
      "initializing",
      "active",
    ]);
  });

  it.each(["/worlds", "/worlds/fast", "/events?scope=all"])(
    "sees every state, also when GET %s looks at its world from another",
    async (path) => {
      const mock = await waitBench();
      await mock.admin("POST", "/worlds", { id: "fast", clock: { mode: "real", speed: 10_000 } });
      await createTaskIn(mock, "fast", "quick");
      const waiting = mock.ask({
        method: "POST",
        path: "/w/fast/__admin/tasks/quick/wait",
        body: { status: "initializing" },
      });
      // Less than a timer can tell, and six seconds of that world.
      mock.time.pass(0.6);
      const { status } = await mock.ask({ method: "GET", path: `/__admin${path}` });
      expect(status).toBe(200);
      mock.time.pass(1);
      expect(await soFar(waiting)).toBe(200);
    },
  );

  it("goes by the timer once a clock that stood begins to run", async () => {
    const mock = await waitBench();
    const waiting = waitForTask(mock, active);
    await mock.admin("PUT", "/clock", { mode: "real" });
    mock.time.pass(5_000);
    expect(await waiting).toMatchObject({ status: 200 });
  });

  it("sets no timer but its own on a clock that stands", async () => {
    const mock = await waitBench();
    const waiting = waitForTask(mock, active);
    expect(mock.time.timers).toBe(1);
    await toActive(mock);
    await waiting;
  });
});

it("a wait sees each state of a task, whatever the speed and whenever somebody looks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 5 }),
      async (speed, pauses) => {
        const mock = await waitBench();
        await mock.admin("PUT", "/clock", { mode: "real", speed });
        const wanted = ["initializing", "active"];
        const waiting = wanted.map((status) => waitForTask(mock, { status, timeout: "10m" }));
        for (const pause of pauses) {
          mock.time.pass(pause);
          await mock.admin("GET", "/clock");
        }
        mock.time.pass(10_000);
        const seen = (await Promise.all(waiting)).map(({ body }) => body.status);
        expect(seen).toEqual(wanted);
      },
    ),
    { numRuns: 25 },
  );
});
