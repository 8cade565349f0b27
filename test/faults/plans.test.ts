import { beforeEach, describe, expect, it } from "vitest";
import type { MockResponse } from "../../src/engine/exchange.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { HandTime } from "../support/hand-time.ts";
import { tokenFor, type Who } from "../support/world-builder.ts";

const contracts = await openContracts();
let mock: AdminEngine;
let time: HandTime;
beforeEach(() => {
  time = new HandTime();
  mock = startAdminEngine({ contracts, after: time.after });
});

const status = { kind: "status", status: 503 };

async function plan(body: object): Promise<void> {
  const answer = await mock.admin("POST", "/faults", body);
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
}

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly who?: Who;
  readonly headers?: Readonly<Record<string, string>>;
  readonly whenGone?: (run: () => void) => void;
}

/** A request as it is answered, whatever becomes of the connection. */
function ask({
  method = "GET",
  path = "/tasks",
  who = "siteOwner",
  headers,
  whenGone,
}: Ask = {}): Promise<MockResponse> {
  return mock.engine.handle(
    {
      method,
      path: `/api/v2${path}`,
      search: "",
      headers: { host: "localhost", "coder-session-token": tokenFor(who), ...headers },
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    },
    whenGone,
  );
}

/** A task that may be deleted, since no build of it is under way. */
async function settledTask(): Promise<void> {
  await createTask(mock, "fix-it");
  await mock.admin("POST", "/tasks/fix-it/settle");
}

async function counts(): Promise<readonly unknown[]> {
  const { body } = await mock.admin("GET", "/faults");
  return body.faults.map(({ name, seen, hits, remaining }: Record<string, unknown>) => [
    name,
    seen,
    hits,
    remaining,
  ]);
}

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
    [{ header: { "X-Test": "one" } }, { headers: { "x-test": "one two" } }, false],
    [{ method: "GET", user: "alice", header: { host: "*" } }, { who: "member" }, true],
  ])("%j: %j is %s", async (match, asks, isHit) => {
    await createTask(mock, "fix-it");
    await plan({ match, fault: status });
    const { headers } = await ask(asks);
    expect(headers["X-Mock-Fault"]).toBe(isHit ? "fault-1" : undefined);
    expect(await counts()).toEqual([["fault-1", isHit ? 1 : 0, isHit ? 1 : 0, undefined]]);
  });

  it("a task whether plan and path have its name or its id", async () => {
    const id = await createTask(mock, "fix-it");
    const other = await createTask(mock, "other");
    for (const task of ["fix-it", id, id.replaceAll("-", "").toUpperCase()]) {
      await plan({ name: `of-${task.length}`, match: { task }, fault: { kind: "delay", time: "0s" } });
    }
    const names = "of-6, of-36, of-32";
    const hit = async (path: string) => {
      const asked = ask({ path });
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
    await plan({ fault: { kind: "empty" } });
    expect((await mock.admin("GET", "/clock")).status).toBe(200);
    expect((await ask({ path: "/nothing" })).headers["X-Mock-Outcome"]).toBe("no-match");
    expect((await mock.ask({ method: "GET", path: "/" })).headers["X-Mock-Fault"]).toBeUndefined();
    expect(await counts()).toEqual([["fault-1", 0, 0, undefined]]);
  });
});

describe("what stands before the operation", () => {
  it.each(["status", "reset", "empty", "hang"])("%s leaves the state as it is", async (kind) => {
    await settledTask();
    const before = (await mock.admin("GET", "/tasks")).body;
    await plan({ fault: kind === "status" ? status : { kind } });
    const answer = await ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
    expect(answer.headers).toMatchObject({ "X-Mock-Outcome": "fault", "X-Mock-Fault": "fault-1" });
    expect(answer.wire?.kind).toBe(kind === "status" ? undefined : kind);
    expect((await mock.admin("GET", "/tasks")).body).toEqual(before);
    await mock.admin("DELETE", "/faults");
    expect((await ask({ method: "DELETE", path: "/tasks/alice/fix-it" })).status).toBe(202);
  });

  it("lies before the check of the token, as a proxy does", async () => {
    await plan({ fault: status });
    expect((await ask({ headers: { "coder-session-token": "" } })).status).toBe(503);
  });

  it("may answer without a body", async () => {
    await plan({ fault: { kind: "status", status: 304 } });
    expect(await ask()).toMatchObject({ status: 304, headers: { "Content-Length": "0" } });
  });
});

describe("what spoils an answer", () => {
  it.each(["truncate", "malformed-chunk", "dribble", "cut-json", "wrong-content-type", "break-contract"])(
    "%s can do nothing to one without a body: seen, not hit",
    async (kind) => {
      await settledTask();
      await plan({ fault: { kind } });
      const answer = await ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
      expect([answer.status, answer.headers["X-Mock-Outcome"]]).toEqual([202, "handled"]);
      expect(answer.headers["X-Mock-Fault"]).toBeUndefined();
      expect(await counts()).toEqual([["fault-1", 1, 0, undefined]]);
    },
  );

  it("comes when the work is done", async () => {
    await settledTask();
    await plan({ fault: { kind: "not-http" } });
    const answer = await ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
    expect(answer).toMatchObject({ wire: { kind: "not-http" }, headers: { "X-Mock-Outcome": "fault" } });
    await mock.admin("DELETE", "/faults");
    expect((await ask({ path: "/tasks/alice/fix-it" })).status).toBe(404);
  });
});

describe("several faults of one request", () => {
  it("hold it up one after the other, and then the first of the others hits", async () => {
    await plan({ name: "later", fault: { kind: "status", status: 500 } });
    await plan({ name: "slow", fault: { kind: "delay", time: "2s" } });
    await plan({ name: "never", fault: { kind: "empty" } });
    await plan({ name: "slower", fault: { kind: "delay", time: "3s" } });
    let answer: MockResponse | undefined;
    void ask().then((response) => {
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
    expect(await counts()).toEqual([
      ["later", 1, 1, undefined],
      ["slow", 1, 1, undefined],
      ["never", 1, 0, undefined],
      ["slower", 1, 1, undefined],
    ]);
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
      mock = startAdminEngine({
        contracts,
        after: (milliseconds, run) => {
          waits.push(milliseconds);
          return time.after(milliseconds, run);
        },
      });
      await plan({ name: "slow", fault: { kind: "delay", time: spread } });
      for (let call = 0; call < 40; call++) {
        const asked = ask();
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
    mock = startAdminEngine({
      contracts,
      after: (milliseconds, run) => {
        waits.push(milliseconds);
        run();
        return () => undefined;
      },
    });
    await plan({ fault: { kind: "delay", time: { median: "1s", sigma: 1 } } });
    for (let call = 0; call < 400; call++) await ask();
    const below = waits.filter((wait) => wait < 1_000).length;
    expect(below).toBeGreaterThan(150);
    expect(below).toBeLessThan(250);
    expect(Math.max(...waits)).toBeGreaterThan(5_000);
  });

  it("ends when its plan is removed, and the request goes on", async () => {
    await plan({ name: "slow", fault: { kind: "delay", time: "10m" } });
    const asked = ask();
    await turn();
    await mock.admin("DELETE", "/faults/slow");
    expect(await asked).toMatchObject({ status: 200, headers: { "X-Mock-Fault": "slow" } });
    expect(time.timers).toBe(0);
  });

  it.each([
    ["reset", (host: AdminEngine) => host.admin("POST", "/reset"), "began anew"],
    ["end", ({ host }: AdminEngine) => host.end("stopping"), "stops"],
    ["deletion", ({ host }: AdminEngine) => host.end("world-gone"), "was deleted"],
  ])("is released by the %s of its world, without the work", async (_, end, why) => {
    await createTask(mock, "fix-it");
    await plan({ name: "slow", fault: { kind: "delay", time: "10m" } });
    const asked = ask({ method: "DELETE", path: "/tasks/alice/fix-it" });
    await turn();
    expect(mock.host.faults.isHolding).toBe(true);
    await end(mock);
    const { status: code, headers, body } = await asked;
    expect([code, headers["Connection"], headers["X-Mock-Outcome"]]).toEqual([503, "close", "fault"]);
    expect(JSON.parse(new TextDecoder().decode(body)).message).toContain(why);
    expect([mock.host.faults.isHolding, time.timers]).toEqual([false, 0]);
  });

  it("holds a thousand requests at most", async () => {
    await plan({ fault: { kind: "delay", time: "1s" } });
    const asked = Array.from({ length: 1_001 }, () => ask());
    await turn();
    time.pass(1_000);
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => answer.status).filter((code) => code !== 200)).toEqual([503]);
  });
});

describe("the dice", () => {
  const hits = async (other: () => Promise<unknown>) => {
    mock = startAdminEngine({ contracts, after: time.after });
    await plan({ name: "dice", match: { user: "alice" }, when: { probability: 0.3 }, fault: status });
    const codes: number[] = [];
    for (let call = 0; call < 100; call++) {
      await other();
      codes.push((await ask({ who: "member" })).status);
    }
    return codes;
  };

  it("fall the same on every run, whatever others do", async () => {
    const codes = await hits(() => Promise.resolve());
    expect(await hits(() => ask({ who: "siteOwner" }))).toEqual(codes);
    const count = codes.filter((code) => code === 503).length;
    expect(count).toBeGreaterThan(15);
    expect(count).toBeLessThan(45);
  });
});

describe("the plan of a world", () => {
  it("names what has no name, and takes a hundred", async () => {
    await plan({ name: "fault-2", fault: status });
    await plan({ fault: status });
    const names = (await mock.admin("GET", "/faults")).body.faults.map(({ name }: { name: string }) => name);
    expect(names).toEqual(["fault-2", "fault-3"]);
    for (let number = 2; number < 100; number++) await plan({ fault: status });
    const answer = await mock.admin("POST", "/faults", { fault: status });
    expect([answer.status, answer.body.message]).toEqual([
      429,
      "The world has 100 planned faults, which is as many as it keeps.",
    ]);
  });

  it("counts anew when it is told to, and goes with a reset", async () => {
    await plan({ name: "two", when: { first: 2 }, fault: status });
    await ask();
    expect(await counts()).toEqual([["two", 1, 1, 1]]);
    expect((await mock.admin("POST", "/faults/reset")).body.faults).toMatchObject([
      { seen: 0, hits: 0, remaining: 2 },
    ]);
    expect((await ask()).status).toBe(503);
    await mock.admin("POST", "/reset");
    expect(await counts()).toEqual([]);
    expect((await ask()).status).toBe(200);
  });

  it("comes back with a snapshot, counted from 0", async () => {
    await plan({ name: "one", when: { nth: 1 }, fault: status });
    await mock.admin("POST", "/snapshots", { name: "planned" });
    await ask();
    await mock.admin("DELETE", "/faults");
    await mock.admin("POST", "/snapshots/planned/restore");
    expect(await counts()).toEqual([["one", 0, 0, 1]]);
    expect((await ask()).status).toBe(503);
  });

  it("is no business of another world", async () => {
    await mock.admin("POST", "/worlds", { id: "other" });
    await plan({ fault: status });
    const other = await mock.admin("GET", "/faults?world=other");
    expect(other.body.faults).toEqual([]);
  });

  it("shows in the journal, also where nobody got an answer", async () => {
    await plan({ name: "gone", fault: { kind: "reset" } });
    await ask();
    const { body } = await mock.admin("GET", "/requests/1");
    expect(body).toMatchObject({ status: 0, outcome: "fault", faults: ["gone"] });
  });

  it("explains what has no such name", async () => {
    await plan({ name: "flaky-list", fault: status });
    const { body } = await mock.admin("GET", "/faults/flaky-lst");
    expect(body.detail).toBe('Did you mean "flaky-list"? Known: flaky-list.');
  });
});

/** Lets go on what waits for nothing but its turn. */
async function turn(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await Promise.resolve();
}
