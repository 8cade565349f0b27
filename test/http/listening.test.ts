import { Server } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Worlds } from "../../src/engine/worlds/worlds.ts";
import { serveMock } from "../support/served-mock.ts";

afterEach(() => vi.restoreAllMocks());

describe("a server that listens", () => {
  it("logs each error that it meets later, and goes on", async () => {
    const listen = vi.spyOn(Server.prototype, "listen");
    await using served = await serveMock();
    const [server] = listen.mock.contexts;
    if (!(server instanceof Server)) throw new Error("Nothing listens.");
    for (const name of ["EMFILE", "ENFILE"]) server.emit("error", new Error(`accept ${name}`));
    await vi.waitFor(() => expect(served.log.join("\n")).toMatch(/accept EMFILE.*accept ENFILE/s));
    expect((await fetch(`${served.url}/__admin/health`)).status).toBe(200);
  });
});

describe("a server that cannot listen", () => {
  it("leaves no mock behind", async () => {
    await using taken = await serveMock();
    const stop = vi.spyOn(Worlds.prototype, "stop");
    const { port } = new URL(taken.url);
    await expect(serveMock({ port })).rejects.toMatchObject({
      name: "StartError",
      message: expect.stringContaining(`Port ${port} on 127.0.0.1 is in use`),
    });
    expect(stop).toHaveBeenCalledOnce();
  });
});
