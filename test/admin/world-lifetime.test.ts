import { describe, expect, it } from "vitest";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";

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
