import { describe, expect, it } from "vitest";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { Client, eventBench, openEvents } from "../support/event-bench.ts";
import { HandTime } from "../support/hand-time.ts";

const contracts = await openContracts();
const minute = 60_000;

/** An engine whose host's clock goes only when the test lets it. */
function start() {
  let time = 0;
  const mock = startAdminEngine({ contracts, hostTime: () => time });
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  const ids = async () => {
    const { body } = await mock.admin("GET", "/worlds");
    return body.worlds.map(({ id }: { readonly id: string }) => id);
  };
  const touch = (id: string) => mock.ask({ method: "GET", path: `/w/${id}/api/v2/tasks` });
  return { ...mock, pass, ids, touch };
}

describe("a world that nobody uses", () => {
  it("goes when its time is over", async () => {
    const { admin, pass, ids } = start();
    await admin("POST", "/worlds", { id: "short", ttl: "15m" });
    await admin("POST", "/worlds", { id: "long", ttl: "1h" });
    await admin("POST", "/worlds", { id: "kept", ttl: "never" });
    pass(15 * minute - 1);
    expect(await ids()).toEqual(["default", "short", "long", "kept"]);
    pass(1);
    expect(await ids()).toEqual(["default", "long", "kept"]);
    pass(60 * 24 * minute);
    expect(await ids()).toEqual(["default", "kept"]);
  });

  it("stays while somebody calls it, through the API or the admin API", async () => {
    const { admin, pass, ids, touch } = start();
    await admin("POST", "/worlds", { id: "used", ttl: "1m" });
    for (let round = 0; round < 3; round++) {
      pass(minute - 1);
      await touch("used");
      pass(minute - 1);
      await admin("GET", "/clock?world=used");
    }
    expect(await ids()).toEqual(["default", "used"]);
    pass(minute);
    expect(await ids()).toEqual(["default"]);
  });

  it("stays while somebody listens to it", async () => {
    const { admin, pass, ids, worlds } = start();
    await admin("POST", "/worlds", { id: "heard", ttl: "1m" });
    const stop = worlds.get("heard")?.events.listen({ heard: () => undefined, ended: () => undefined });
    pass(10 * minute);
    expect(await ids()).toEqual(["default", "heard"]);
    stop?.();
    pass(10 * minute);
    expect(await ids()).toEqual(["default"]);
  });

  it("has all of its time before it when nobody listens, follows or waits any more", async () => {
    const time = new HandTime();
    const mock = startAdminEngine({ contracts, hostTime: time.hostTime, after: time.after });
    await mock.admin("POST", "/worlds", { id: "heard", ttl: "1m" });
    const isThere = () => mock.worlds.get("heard") !== undefined;

    const client = new Client();
    client.leave = (await openEvents(mock, "world=heard")).stream?.(client.sink) ?? client.leave;
    time.pass(10 * minute);
    client.leave();
    time.pass(minute - 1);
    expect(isThere()).toBe(true);

    const host = mock.worlds.get("heard");
    const follow = { carrier: "websocket", read: () => ({ texts: [], isOver: false }) } as const;
    const stop = host?.hooks.open(follow)({ write: () => undefined, end: () => undefined });
    time.pass(10 * minute);
    stop?.();
    time.pass(minute - 1);
    expect(isThere()).toBe(true);

    const gone = new AbortController();
    const bytes = new TextEncoder().encode('{"match": {"status": 200}, "timeout": "10m"}');
    const waiting = mock.engine.handle(
      {
        method: "POST",
        path: "/w/heard/__admin/requests/wait",
        search: "",
        headers: { host: "localhost:8080", "content-type": "application/json" },
        body: { kind: "bytes", bytes },
      },
      (run) => gone.signal.addEventListener("abort", run),
    );
    time.pass(9 * minute);
    gone.abort();
    expect((await waiting).status).toBe(408);
    time.pass(minute - 1);
    expect(isThere()).toBe(true);
    time.pass(1);
    expect(isThere()).toBe(false);
  });

  it("goes though only the default world is called", async () => {
    const { admin, pass, worlds } = start();
    await admin("POST", "/worlds", { id: "short", ttl: "1m" });
    const short = worlds.get("short");
    pass(minute);
    await admin("GET", "/clock?world=default");
    expect(short?.events.since(0).events.map(({ event }) => event)).toEqual([
      { kind: "world", change: "created" },
      { kind: "world", change: "expired" },
    ]);
  });

  it("is told to those who listen to all worlds, though nobody calls the mock", async () => {
    const mock = eventBench();
    const client = await mock.listen("scope=all");
    await mock.admin("POST", "/worlds", { id: "short", ttl: "1m" });
    mock.time.pass(minute + 15_000);
    expect(client.gist).toEqual(["world short created", "world short expired"]);
  });

  it("is not reached any more from the moment on that its time is over", async () => {
    const { admin, pass, touch } = start();
    await admin("POST", "/worlds", { id: "short", ttl: "20ms" });
    expect((await touch("short")).status).toBe(401);
    pass(20);
    expect((await touch("short")).status).toBe(404);
  });

  it("makes room for another", async () => {
    const { admin, pass, worlds } = start();
    for (let index = 0; index < worlds.limit; index++) await admin("POST", "/worlds", { ttl: "5m" });
    expect((await admin("POST", "/worlds")).status).toBe(429);
    pass(5 * minute);
    expect((await admin("POST", "/worlds", { id: "next" })).status).toBe(201);
  });
});
