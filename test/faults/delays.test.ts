import { beforeEach, describe, expect, it } from "vitest";
import type { MockResponse } from "../../src/engine/journal/exchange.ts";
import { type AdminEngine, createTask } from "../support/admin-engine.ts";
import { HandTime } from "../support/hand-time.ts";
import { FaultBench, turn, unavailable } from "./fault-bench.ts";

let time: HandTime;
let bench: FaultBench;
beforeEach(() => {
  time = new HandTime();
  bench = new FaultBench(time.after);
});

describe("several faults of one request", () => {
  it("hold it up one after the other, and then the first of the others hits", async () => {
    await bench.plan({ name: "later", fault: { kind: "status", status: 500 } });
    await bench.plan({ name: "slow", fault: { kind: "delay", time: "2s" } });
    await bench.plan({ name: "never", fault: { kind: "empty" } });
    await bench.plan({ name: "slower", fault: { kind: "delay", time: "3s" } });
    let answer: MockResponse | undefined;
    void bench.ask().then((response) => {
      answer = response;
    });
    time.pass(2_000);
    await turn();
    time.pass(2_999);
    await turn();
    expect(answer).toBeUndefined();
    time.pass(1);
    await turn();
    expect(answer).toMatchObject({ status: 500, headers: { "X-Mock-Fault": "slow, slower, later" } });
    expect(await bench.counts()).toEqual([
      ["later", 1, 1, undefined],
      ["slow", 1, 1, undefined],
      ["never", 1, 0, undefined],
      ["slower", 1, 1, undefined],
    ]);
  });

  it("let it go on at once when all are removed, and none of them hits it any more", async () => {
    await bench.plan({ fault: unavailable });
    for (const name of ["slow", "slower"]) await bench.plan({ name, fault: { kind: "delay", time: "10m" } });
    const asked = bench.ask();
    await turn();
    await bench.mock.admin("DELETE", "/faults");
    expect(await asked).toMatchObject({ status: 200, headers: { "X-Mock-Fault": "slow" } });
    expect(time.timers).toBe(0);
  });

  it("listen once for the client to go away, and end when it does", async () => {
    for (let number = 0; number < 3; number++) await bench.plan({ fault: { kind: "delay", time: "1s" } });
    const listening: (() => void)[] = [];
    const asked = bench.ask({ whenGone: (run) => listening.push(run) });
    await turn();
    time.pass(1_000);
    await turn();
    expect([listening.length, time.timers]).toEqual([1, 1]);
    listening[0]?.();
    expect(await asked).toMatchObject({ status: 0, headers: { "X-Mock-Fault": "fault-1, fault-2" } });
    expect([bench.mock.host.faults.isHolding, time.timers]).toEqual([false, 0]);
  });
});

describe("a delay", () => {
  it.each([
    ["fixed", "250ms", 250, 250],
    ["even", { least: "100ms", most: "2s" }, 100, 2_000],
    ["log-normal", { median: "300ms", sigma: 0.5 }, 1, 600_000],
  ])("%s is drawn from the seed, and is the same on every run", async (_, spread, least, most) => {
    const drawn = async () => {
      time = new HandTime();
      const waits: number[] = [];
      bench = new FaultBench((milliseconds, run) => {
        waits.push(milliseconds);
        return time.after(milliseconds, run);
      });
      await bench.plan({ name: "slow", fault: { kind: "delay", time: spread } });
      for (let call = 0; call < 40; call++) {
        const asked = bench.ask();
        await turn();
        time.pass(600_000);
        expect((await asked).status).toBe(200);
      }
      return waits;
    };
    const waits = await drawn();
    expect(waits).toHaveLength(40);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
    expect(new Set(waits).size).toBeGreaterThan(least === most ? 0 : 30);
    expect(await drawn()).toEqual(waits);
  });

  it("that is log-normal stays below its median half of the time", async () => {
    const waits: number[] = [];
    bench = new FaultBench((milliseconds, run) => {
      waits.push(milliseconds);
      run();
      return () => undefined;
    });
    await bench.plan({ fault: { kind: "delay", time: { median: "1s", sigma: 1 } } });
    for (let call = 0; call < 400; call++) await bench.ask();
    const below = waits.filter((wait) => wait < 1_000).length;
    expect(below).toBeGreaterThan(150);
    expect(below).toBeLessThan(250);
    expect(Math.max(...waits)).toBeGreaterThan(5_000);
  });

  it("ends when its plan is removed, and the request goes on", async () => {
    await bench.plan({ name: "slow", fault: { kind: "delay", time: "10m" } });
    const asked = bench.ask();
    await turn();
    await bench.mock.admin("DELETE", "/faults/slow");
    expect(await asked).toMatchObject({ status: 200, headers: { "X-Mock-Fault": "slow" } });
    expect(time.timers).toBe(0);
  });

  it.each([
    ["reset", (host: AdminEngine) => host.admin("POST", "/reset"), "began anew"],
    ["end", ({ host }: AdminEngine) => host.end("stopping"), "stops"],
    ["deletion", ({ host }: AdminEngine) => host.end("world-gone"), "was deleted"],
  ])("is released by the %s of its world, without the work", async (_, end, why) => {
    await createTask(bench.mock, "fix-it");
    await bench.plan({ name: "slow", fault: { kind: "delay", time: "10m" } });
    const asked = bench.ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
    await turn();
    expect(bench.mock.host.faults.isHolding).toBe(true);
    await end(bench.mock);
    const { status: code, headers, body } = await asked;
    expect([code, headers["Connection"], headers["X-Mock-Outcome"]]).toEqual([503, "close", "fault"]);
    expect(JSON.parse(new TextDecoder().decode(body)).message).toContain(why);
    expect([bench.mock.host.faults.isHolding, time.timers]).toEqual([false, 0]);
  });

  it("holds a thousand requests at most", async () => {
    await bench.plan({ fault: { kind: "delay", time: "1s" } });
    const asked = Array.from({ length: 1_001 }, () => bench.ask());
    await turn();
    time.pass(1_000);
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => answer.status).filter((code) => code !== 200)).toEqual([503]);
  });
});
