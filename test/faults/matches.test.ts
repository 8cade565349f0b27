import { beforeEach, describe, expect, it } from "vitest";
import { createTask } from "../support/admin-engine.ts";
import { HandTime } from "../support/hand-time.ts";
import { type Ask, FaultBench, unavailable } from "./fault-bench.ts";

let time: HandTime;
let bench: FaultBench;
beforeEach(() => {
  time = new HandTime();
  bench = new FaultBench(time.after);
});

describe("a fault is about", () => {
  it.each<[match: object, asks: Ask, isHit: boolean]>([
    [{}, {}, true],
    [{ operation: "list-ai-tasks" }, {}, true],
    [{ operation: "pause-task" }, {}, false],
    [{ method: "GET" }, {}, true],
    [{ method: "POST" }, {}, false],
    [{ path: "/api/v2/tasks" }, {}, true],
    [{ path: "/api/v2/task" }, {}, false],
    [{ path: "/api/*/tasks" }, {}, true],
    [{ path: "/*tasks*s" }, {}, false],
    [{ path: "/api/*/tasks/*" }, { path: "/tasks/me/fix-it" }, true],
    [{ user: "ALICE" }, { who: "member" }, true],
    [{ user: "alice" }, { who: "siteOwner" }, false],
    [{ user: "alice" }, { headers: { "coder-session-token": "nobody" } }, false],
    [{ task: "fix-it" }, {}, false],
    [{ task: "Fix-It" }, { path: "/tasks/alice/fix-it" }, true],
    [{ task: "other" }, { path: "/tasks/alice/fix-it" }, false],
    [{ header: { "X-Test": "one*" } }, { headers: { "x-test": "one two" } }, true],
    [{ header: { "X-Test": "*" } }, {}, false],
    [{ header: { constructor: "*" } }, {}, false],
    [{ header: { "X-Test": "one" } }, { headers: { "x-test": "one two" } }, false],
    [{ method: "GET", user: "alice", header: { host: "*" } }, { who: "member" }, true],
  ])("%j: %j is %s", async (match, asks, isHit) => {
    await createTask(bench.mock, "fix-it");
    await bench.plan({ match, fault: unavailable });
    const { headers } = await bench.ask(asks);
    expect(headers["X-Mock-Fault"]).toBe(isHit ? "fault-1" : undefined);
    expect(await bench.counts()).toEqual([["fault-1", isHit ? 1 : 0, isHit ? 1 : 0, undefined]]);
  });

  it("a task whether plan and path have its name or its id", async () => {
    const id = await createTask(bench.mock, "fix-it");
    const other = await createTask(bench.mock, "other");
    for (const task of ["fix-it", id, id.replaceAll("-", "").toUpperCase()]) {
      await bench.plan({ name: `of-${task.length}`, match: { task }, fault: { kind: "delay", time: "0s" } });
    }
    const names = "of-6, of-36, of-32";
    const hit = async (path: string) => {
      const asked = bench.ask({ path });
      for (let turns = 0; turns < 50; turns++) {
        await Promise.resolve();
        time.pass(1);
      }
      return (await asked).headers["X-Mock-Fault"];
    };
    expect(await hit("/tasks/alice/fix-it")).toBe(names);
    expect(await hit(`/tasks/alice/${id}`)).toBe(names);
    expect(await hit(`/tasks/alice/${other}`)).toBeUndefined();
    expect(await hit("/tasks/alice/other")).toBeUndefined();
  });

  it("operations alone: admin calls, pages and what is not there go on", async () => {
    await bench.plan({ fault: { kind: "empty" } });
    expect((await bench.mock.admin("GET", "/clock")).status).toBe(200);
    expect((await bench.ask({ path: "/nothing" })).headers["X-Mock-Outcome"]).toBe("no-match");
    expect((await bench.mock.ask({ method: "GET", path: "/" })).headers["X-Mock-Fault"]).toBeUndefined();
    expect(await bench.counts()).toEqual([["fault-1", 0, 0, undefined]]);
  });
});

describe("what stands before the operation", () => {
  it.each(["status", "reset", "empty", "hang"])("%s leaves the state as it is", async (kind) => {
    await bench.settledTask();
    const before = (await bench.mock.admin("GET", "/tasks")).body;
    await bench.plan({ fault: kind === "status" ? unavailable : { kind } });
    const answer = await bench.ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
    expect(answer.headers).toMatchObject({ "X-Mock-Outcome": "fault", "X-Mock-Fault": "fault-1" });
    expect(answer.wire?.kind).toBe(kind === "status" ? undefined : kind);
    expect((await bench.mock.admin("GET", "/tasks")).body).toEqual(before);
    await bench.mock.admin("DELETE", "/faults");
    expect((await bench.ask({ method: "DELETE", path: "/tasks/alice/fix-it" })).status).toBe(202);
  });

  it("lies before the check of the token, as a proxy does", async () => {
    await bench.plan({ fault: unavailable });
    expect((await bench.ask({ headers: { "coder-session-token": "" } })).status).toBe(503);
  });

  it("may answer without a body", async () => {
    await bench.plan({ fault: { kind: "status", status: 304 } });
    expect(await bench.ask()).toMatchObject({ status: 304, headers: { "Content-Length": "0" } });
  });
});

describe("what spoils an answer", () => {
  it.each(["truncate", "malformed-chunk", "dribble", "cut-json", "wrong-content-type", "break-contract"])(
    "%s can do nothing to one without a body: seen, not hit",
    async (kind) => {
      await bench.settledTask();
      await bench.plan({ fault: { kind } });
      const answer = await bench.ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
      expect([answer.status, answer.headers["X-Mock-Outcome"]]).toEqual([202, "handled"]);
      expect(answer.headers["X-Mock-Fault"]).toBeUndefined();
      expect(await bench.counts()).toEqual([["fault-1", 1, 0, undefined]]);
    },
  );

  it("comes when the work is done", async () => {
    await bench.settledTask();
    await bench.plan({ fault: { kind: "not-http" } });
    const answer = await bench.ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
    expect(answer).toMatchObject({ wire: { kind: "not-http" }, headers: { "X-Mock-Outcome": "fault" } });
    await bench.mock.admin("DELETE", "/faults");
    expect((await bench.ask({ path: "/tasks/alice/fix-it" })).status).toBe(404);
  });
});
