import { beforeEach, describe, expect, it } from "vitest";
import { HandTime } from "../support/hand-time.ts";
import { FaultBench, unavailable } from "./fault-bench.ts";

let time: HandTime;
let bench: FaultBench;
beforeEach(() => {
  time = new HandTime();
  bench = new FaultBench(time.after);
});

describe("the dice", () => {
  const hits = async (other: () => Promise<unknown>) => {
    bench = new FaultBench(time.after);
    await bench.plan({
      name: "dice",
      match: { user: "alice" },
      when: { probability: 0.3 },
      fault: unavailable,
    });
    const codes: number[] = [];
    for (let call = 0; call < 100; call++) {
      await other();
      codes.push((await bench.ask({ who: "member" })).status);
    }
    return codes;
  };

  it("fall the same on every run, whatever others do", async () => {
    const codes = await hits(() => Promise.resolve());
    expect(await hits(() => bench.ask({ who: "siteOwner" }))).toEqual(codes);
    const count = codes.filter((code) => code === 503).length;
    expect(count).toBeGreaterThan(15);
    expect(count).toBeLessThan(45);
  });
});

describe("the plan of a world", () => {
  it("names what has no name, and takes a hundred", async () => {
    await bench.plan({ name: "fault-2", fault: unavailable });
    await bench.plan({ fault: unavailable });
    const names = (await bench.mock.admin("GET", "/faults")).body.faults.map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toEqual(["fault-2", "fault-3"]);
    for (let number = 2; number < 100; number++) await bench.plan({ fault: unavailable });
    const answer = await bench.mock.admin("POST", "/faults", { fault: unavailable });
    expect([answer.status, answer.body.message]).toEqual([
      429,
      "The world has 100 planned faults, which is as many as it keeps.",
    ]);
  });

  it("takes a body as deep as can be shown and saved, and no deeper", async () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const plan = (depth: number) =>
      bench.mock.admin("POST", "/faults", `{"fault":{"kind":"status","status":503,"body":${nested(depth)}}}`);
    for (const depth of [101, 50_000]) {
      const { status, body } = await plan(depth);
      expect([status, body.validations]).toEqual([
        400,
        [{ field: "body/fault/body", detail: "the body is nested too deep; expected at most 100 levels" }],
      ]);
    }
    expect(await bench.counts()).toEqual([]);
    expect((await plan(100)).status).toBe(201);
    const answered = new TextDecoder().decode((await bench.ask()).body);
    expect(answered).toBe(`${nested(100)}\n`);
    const shown = (await bench.mock.admin("GET", "/faults")).body.faults[0].fault.body;
    expect(JSON.stringify(shown)).toBe(nested(100));
  });

  it("counts anew when it is told to, and goes with a reset", async () => {
    await bench.plan({ name: "two", when: { first: 2 }, fault: unavailable });
    await bench.ask();
    expect(await bench.counts()).toEqual([["two", 1, 1, 1]]);
    expect((await bench.mock.admin("POST", "/faults/reset")).body.faults).toMatchObject([
      { seen: 0, hits: 0, remaining: 2 },
    ]);
    expect((await bench.ask()).status).toBe(503);
    await bench.mock.admin("POST", "/reset");
    expect(await bench.counts()).toEqual([]);
    expect((await bench.ask()).status).toBe(200);
  });

  it("comes back with a snapshot, counted from 0", async () => {
    await bench.plan({ name: "one", when: { nth: 1 }, fault: unavailable });
    await bench.mock.admin("POST", "/snapshots", { name: "planned" });
    await bench.ask();
    await bench.mock.admin("DELETE", "/faults");
    await bench.mock.admin("POST", "/snapshots/planned/restore");
    expect(await bench.counts()).toEqual([["one", 0, 0, 1]]);
    expect((await bench.ask()).status).toBe(503);
  });

  it("is no business of another world", async () => {
    await bench.mock.admin("POST", "/worlds", { id: "other" });
    await bench.plan({ fault: unavailable });
    const other = await bench.mock.admin("GET", "/faults?world=other");
    expect(other.body.faults).toEqual([]);
  });

  it("shows in the journal, also where nobody got an answer", async () => {
    await bench.plan({ name: "gone", fault: { kind: "reset" } });
    await bench.ask();
    const { body } = await bench.mock.admin("GET", "/requests/1");
    expect(body).toMatchObject({ status: 0, outcome: "fault", faults: ["gone"] });
  });

  it("explains what has no such name", async () => {
    await bench.plan({ name: "flaky-list", fault: unavailable });
    const { body } = await bench.mock.admin("GET", "/faults/flaky-lst");
    expect(body.detail).toBe('Did you mean "flaky-list"? Known: flaky-list.');
  });
});
