import { describe, expect, it } from "vitest";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { HandTime } from "../support/hand-time.ts";

const contracts = await openContracts();

describe("the timing of an exchange", () => {
  it("has the stages that it came to, which add up to no more than the whole", async () => {
    let now = 0;
    const mock = startAdminEngine({
      contracts,
      hostTime: () => {
        now += 1;
        return now;
      },
    });
    await createTask(mock);
    await mock.api("GET", "/task");
    const stages = async (id: string) => (await mock.admin("GET", `/requests/${id}`)).body.timing_ms;
    expect(await stages("1")).toEqual({
      route: 1,
      authenticate: 1,
      resolve: 1,
      check_request: 1,
      work: expect.any(Number),
      check_response: 1,
      total: expect.any(Number),
    });
    const { total, ...parts } = await stages("1");
    const sum = Object.values<number>(parts).reduce((one, other) => one + other, 0);
    expect(sum).toBeLessThan(total);
    expect(Object.keys(await stages("2"))).toEqual(["route", "total"]);
  });

  it("shows what planned faults took, before and after the operation", async () => {
    const time = new HandTime();
    const mock = startAdminEngine({ contracts, hostTime: time.hostTime, after: time.after });
    const plan = (name: string, when: object, fault: object) =>
      mock.admin("POST", "/faults", { name, when, fault });
    await plan("slow", { nth: 1 }, { kind: "delay", time: "2s" });
    await plan("down", { nth: 2 }, { kind: "status", status: 503 });
    await plan("broken", { nth: 3 }, { kind: "wrong-content-type" });
    const held = mock.api("GET", "/tasks");
    while (time.timers === 0) await Promise.resolve();
    time.pass(2_000);
    await held;
    for (let times = 0; times < 3; times++) await mock.api("GET", "/tasks");
    const timing = async (id: string) => (await mock.admin("GET", `/requests/${id}`)).body.timing_ms;
    const delayed = await timing("1");
    expect(delayed).toMatchObject({ fault: expect.closeTo(2_000), total: 2_000 });
    expect(delayed.authenticate).toBeLessThan(1);
    expect(delayed).not.toHaveProperty("spoil");
    const whole = ["route", "authenticate", "resolve", "check_request", "work", "check_response"];
    expect(Object.keys(await timing("2"))).toEqual(["route", "fault", "total"]);
    expect(Object.keys(await timing("3"))).toEqual([...whole, "spoil", "total"]);
    expect(Object.keys(await timing("4"))).toEqual([...whole, "total"]);
  });
});
