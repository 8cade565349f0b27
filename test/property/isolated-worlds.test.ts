import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { World } from "../../src/domain/world.ts";
import type { WorldHost } from "../../src/engine/worlds/world-host.ts";
import { type Answer, HttpClient } from "../support/http-client.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import { drive, gather } from "./crowd.ts";
import type { CrowdWorld } from "./crowd-world.ts";

/** How many crowds; a long run takes a hundred. */
const runs = Math.ceil(Number(process.env["CODER_TASKS_MOCK_TEST_RUNS"] ?? 60) / 15);

const size = { worlds: 200, clients: 16, steps: 300 };

/** What belongs to the answer, and not to its connection. */
function comparable({ status, headers, text }: Answer) {
  const { connection: _, "keep-alive": __, ...rest } = headers;
  return { status, headers: rest, text };
}

/** A world that was driven in a crowd answers as one does that has a server to itself. */
async function replay(worlds: readonly CrowdWorld[]): Promise<void> {
  for (const { id, exchanges } of worlds) {
    await using alone = await serveMock();
    const client = new HttpClient(alone.url);
    await client.call({ method: "POST", path: "/__admin/worlds", body: { id } });
    for (const { call, answer } of exchanges) {
      expect(comparable(await client.call(call)), `${call.method} ${call.path}`).toEqual(comparable(answer));
    }
    client.close();
  }
}

/** Streams of what happens in some worlds; each ends with its world. */
function listen(served: ServedMock, worlds: readonly CrowdWorld[]): readonly Promise<Answer>[] {
  return worlds.map(({ id }) => {
    const client = new HttpClient(served.url);
    return client.call({ method: "GET", path: `/w/${id}/__admin/events` }).finally(() => client.close());
  });
}

/** A stream of what happens in any world. Under it every step happens when it is due, without it when somebody looks. */
function listenToAll(served: ServedMock): Promise<Answer> {
  const client = new HttpClient(served.url);
  const path = "/__admin/events?scope=all";
  return client.call({ method: "GET", path }).finally(() => client.close());
}

function worldsIn({ text }: Answer): ReadonlySet<string | undefined> {
  return new Set([...text.matchAll(/"world":"([^"]*)"/g)].map(([, id]) => id));
}

/** Answers that are held for something that never comes true. */
async function waitInVain(
  served: ServedMock,
  worlds: readonly CrowdWorld[],
): Promise<readonly Promise<Answer>[]> {
  const held = worlds.map(({ id }) => {
    const client = new HttpClient(served.url);
    const body = { match: { path: "/never" }, timeout: "10m" };
    return client
      .call({ method: "POST", path: `/w/${id}/__admin/requests/wait`, body })
      .finally(() => client.close());
  });
  const isHeld = ({ id }: CrowdWorld) => served.mock.worlds.get(id)?.holds.size === 1;
  while (!worlds.every(isHeld)) await setImmediate();
  return held;
}

/** A list with the token of each world: what that is still good for. The parameter is one that no contract has. */
async function statusesOf(served: ServedMock, worlds: readonly CrowdWorld[]): Promise<readonly number[]> {
  const client = new HttpClient(served.url);
  const statuses: number[] = [];
  for (const { token } of worlds) {
    const headers = { "Coder-Session-Token": token };
    statuses.push((await client.call({ method: "GET", path: "/api/v2/tasks?limit=1", headers })).status);
  }
  client.close();
  return statuses;
}

async function removeAll(served: ServedMock, worlds: readonly CrowdWorld[]): Promise<void> {
  const client = new HttpClient(served.url);
  for (const world of worlds) await world.remove(client);
  client.close();
}

/** What is left of worlds that are deleted, once everything that nobody can reach is collected. */
async function survivors(parts: readonly WeakRef<WorldHost | World>[]): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const alive = () => parts.filter((part) => part.deref() !== undefined).length;
  // What a turn of the event loop has looked at through a weak reference lives until the next one, and connections that were
  // closed take some turns to be gone.
  for (let turn = 0, left = parts.length; turn < 20 && left > 0; turn++, left = alive()) {
    await setImmediate();
    collect();
  }
  return alive();
}

function sizesOf({ holds, events }: WorldHost) {
  return { holds: holds.size, listeners: events.listeners };
}

it("two hundred worlds that sixteen clients drive at once never show each other's data, answer as if alone, and leave nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 30 }), async (seed) => {
      await using served = await serveMock();
      const worlds = await gather(served.url, size);
      const streams = listen(served, worlds.slice(0, 5));
      const all = seed % 2 === 1 ? listenToAll(served) : undefined;
      await drive(served.url, worlds, { ...size, seed });
      await replay(worlds.filter((_, place) => place % 20 === seed % 20));

      expect(new Set(await statusesOf(served, worlds))).toEqual(new Set([200]));
      const held = await waitInVain(served, worlds.slice(3, 9));
      const hosts = [...served.mock.worlds.list()].slice(1);
      const references = hosts.flatMap((host) => [new WeakRef(host), new WeakRef(host.world)]);
      await removeAll(served, worlds);
      expect((await Promise.all(held)).map(({ status }) => status)).toEqual(held.map(() => 409));
      for (const [place, told] of (await Promise.all(streams)).entries()) {
        expect(worldsIn(told)).toEqual(new Set([`crowd-${place}`]));
      }
      expect(served.mock.worlds.list()).toEqual([served.mock.host]);
      expect(served.mock.host.journal.list().length, "the first look at what worlds begin with").toBe(1);
      expect(await statusesOf(served, worlds)).not.toContain(200);
      expect(hosts.map(sizesOf)).toEqual(hosts.map(() => ({ holds: 0, listeners: 0 })));
      hosts.length = 0;
      expect(await survivors(references)).toBe(0);
      served.mock.stop();
      if (all !== undefined) expect(worldsIn(await all).size).toBeGreaterThanOrEqual(size.worlds);
      expect(served.log.filter((line) => line.includes("bug"))).toEqual([]);
    }),
    { numRuns: runs, endOnFailure: true, interruptAfterTimeLimit: 550_000, markInterruptAsFailure: false },
  );
}, 600_000);
