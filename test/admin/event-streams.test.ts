import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventLog, keptEvents, mostListeners } from "../../src/engine/journal/event-log.ts";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { advanceBy, all, Client, eventBench, everything, openEvents } from "../support/event-bench.ts";
import { createTaskIn } from "../support/wait-bench.ts";
import { beginning } from "../support/world-builder.ts";

const contracts = await openContracts();

describe("a stream of events", () => {
  it("goes on where a client left off", async () => {
    const mock = eventBench();
    await everything(mock);
    const gists = async (search: string, headers = {}) => {
      const client = await mock.listen(search, headers);
      client.leave();
      return client.gist;
    };
    expect(await gists("")).toEqual([]);
    expect(await gists("last_event_id=0")).toEqual(all);
    expect(await gists("last_event_id=4")).toEqual(all.slice(4));
    expect(await gists(`last_event_id=${all.length}`)).toEqual([]);
    expect(await gists("", { "last-event-id": "7" })).toEqual(all.slice(7));
    expect(await gists("last_event_id=2", { "last-event-id": "7" })).toEqual(all.slice(7));
    // From before a restart of the mock.
    expect(await gists("last_event_id=5000")).toEqual(all);
    expect(await gists("scope=all&last_event_id=0")).toEqual(all);
  });

  it("loses nothing between the answer and the stream", async () => {
    const mock = eventBench();
    const response = await openEvents(mock, "");
    await advanceBy(mock, "1s");
    const client = new Client();
    response.stream?.(client.sink)();
    expect(client.gist).toEqual(["clock manual 1"]);
  });

  it("keeps a bounded number of events and says how many are lost", async () => {
    const mock = eventBench();
    for (let index = 0; index < keptEvents + 3; index++) await advanceBy(mock, "1s");
    const client = await mock.listen("last_event_id=1");
    expect(client.comments).toEqual([
      ": listening",
      `: 2 earlier events are lost: the last ${keptEvents} are kept`,
    ]);
    expect(client.frames.map(({ id }) => id)).toEqual(
      Array.from({ length: keptEvents }, (_, index) => index + 4),
    );
    client.leave();
  });

  it("says every fifteen seconds that it is still there", async () => {
    const mock = eventBench();
    const client = await mock.listen();
    mock.time.pass(45_000);
    expect(client.comments.slice(1)).toEqual([": nothing new", ": nothing new", ": nothing new"]);
    client.leave();
    mock.time.pass(60_000);
    expect([client.comments.length, mock.time.timers]).toEqual([4, 0]);
  });

  it.each(["", "scope=all"])("forgets a client that goes away (%s)", async (search) => {
    const mock = eventBench();
    await createTask(mock, "going");
    await mock.admin("PUT", "/clock", { mode: "real" });
    const client = await mock.listen(search);
    expect(mock.host.isWatched).toBe(true);
    client.leave();
    expect(mock.host.isWatched).toBe(false);
    const { text } = client;
    mock.time.pass(60_000);
    await everything(mock);
    expect([client.text, mock.time.timers]).toEqual([text, 0]);
  });

  it("takes so many listeners and no more", async () => {
    const mock = eventBench();
    const clients = [];
    for (let index = 0; index < mostListeners; index++) clients.push(await mock.listen());
    expect((await openEvents(mock, "")).status).toBe(429);
    expect((await openEvents(mock, "scope=all")).status).toBe(200);
    clients[0]?.leave();
    expect((await openEvents(mock, "")).status).toBe(200);
    for (const client of clients) client.leave();
  });

  it("ends with its world, whose end it tells; that of all worlds goes on", async () => {
    const mock = eventBench();
    await mock.admin("POST", "/worlds", { id: "other", clock: { mode: "real" } });
    const [one, every] = [await mock.listen("world=other"), await mock.listen("scope=all")];
    await mock.admin("DELETE", "/worlds/other");
    expect([one.gist, one.isEnded]).toEqual([["world other deleted"], true]);
    expect([every.gist, every.isEnded]).toEqual([["world other deleted"], false]);
    every.leave();
    expect(mock.time.timers).toBe(0);
  });

  it("hears nothing more of a world that is gone, although a call to it had still to be answered", async () => {
    const mock = eventBench();
    await mock.admin("POST", "/worlds", { id: "other", clock: { mode: "real" } });
    await createTaskIn(mock, "other", "one");
    const client = await mock.listen("scope=all");
    const waiting = mock.admin("POST", "/tasks/one/wait?world=other", { status: "active" });
    await mock.admin("DELETE", "/worlds/other");
    expect((await waiting).status).toBe(409);
    mock.time.pass(10_000);
    expect(client.gist).toEqual(["world other deleted"]);
    client.leave();
    expect(mock.time.timers).toBe(0);
  });

  it("keeps its world from expiring", async () => {
    const mock = eventBench();
    await mock.admin("POST", "/worlds", { id: "brief", ttl: "1s" });
    const client = await mock.listen("world=brief");
    mock.time.pass(10_000);
    expect((await mock.admin("GET", "/worlds")).body.worlds).toHaveLength(2);
    client.leave();
    mock.time.pass(10_000);
    expect((await mock.admin("GET", "/worlds")).body.worlds).toHaveLength(1);
  });

  it("ends when the mock stops, and at once when it has stopped", async () => {
    const mock = eventBench();
    const client = await mock.listen();
    mock.worlds.stop();
    const late = await mock.listen();
    expect([client.isEnded, late.isEnded, mock.time.timers]).toEqual([true, true, 0]);
  });

  it("to all worlds needs no world, where a world has to be named otherwise", async () => {
    const mock = startAdminEngine({ contracts, strict: true });
    expect((await openEvents(mock, "")).status).toBe(400);
    expect((await openEvents(mock, "scope=all")).status).toBe(200);
    expect((await openEvents(mock, "world=default")).status).toBe(200);
  });
});

it("a log gives what is kept behind any event, in order, and counts the rest", () => {
  fc.assert(
    fc.property(fc.nat(3 * keptEvents), fc.nat(4 * keptEvents), (told, id) => {
      const log = new EventLog();
      for (let epoch = 1; epoch <= told; epoch++) {
        log.publish({ world: "default", at: beginning, event: { kind: "reset", epoch, cause: "reset" } });
      }
      const { events, missed } = log.since(id);
      const known = id > told ? 0 : id;
      const expected = Array.from({ length: told }, (_, index) => index + 1).filter((one) => one > known);
      expect(events.map((one) => one.id)).toEqual(expected.slice(-keptEvents));
      expect(missed).toBe(Math.max(0, expected.length - keptEvents));
    }),
  );
});
