import { describe, expect, it } from "vitest";
import { SocketBench } from "./socket-bench.ts";

/** Lets a manual clock go in small steps until a socket is closed; gives the code. */
async function stepUntilClosed(
  bench: SocketBench,
  socket: { readonly closedWith: number | undefined },
): Promise<void> {
  while (socket.closedWith === undefined) await bench.call("POST", "/__admin/clock/advance", { by: "100ms" });
}

describe("the log of a build that is followed", () => {
  it("comes line by line under a manual clock, and closing it means that the build has ended", async () => {
    await using bench = await SocketBench.open();
    const { id } = (await bench.shown()).latest_build;
    await using socket = await bench.follow(`/workspacebuilds/${id}/logs?follow=true`);
    expect(socket.frames).toEqual([]);
    const counts: number[] = [];
    while (socket.closedWith === undefined) {
      await bench.call("POST", "/__admin/clock/advance", { by: "100ms" });
      counts.push((await bench.call("GET", `/api/v2/workspacebuilds/${id}/logs`)).body.length);
    }
    expect(await socket.closed()).toBe(1000);
    expect((await bench.shown()).latest_build.job.status).toBe("succeeded");
    const { body } = await bench.call("GET", `/api/v2/workspacebuilds/${id}/logs`);
    expect(socket.frames.map((frame) => JSON.parse(frame))).toEqual(body);
    expect(new Set(counts).size, "not all at once").toBeGreaterThan(3);
  });

  it("begins behind `after`, and ends at once when the build has ended long ago", async () => {
    await using bench = await SocketBench.open();
    const { id } = (await bench.shown()).latest_build;
    await bench.call("POST", "/__admin/clock/advance", { until: { task: "fix-it", status: "active" } });
    const { body } = await bench.call("GET", `/api/v2/workspacebuilds/${id}/logs`);
    await using socket = await bench.follow(`/workspacebuilds/${id}/logs?follow&after=3`);
    expect(await socket.closed()).toBe(1000);
    expect(socket.frames.map((frame) => JSON.parse(frame))).toEqual(body.slice(3));
  });

  it("comes by itself under a clock that runs, though nothing else happens", async () => {
    await using bench = await SocketBench.open({ clock: "real", speed: "20" });
    const { id } = (await bench.shown()).latest_build;
    await using socket = await bench.follow(`/workspacebuilds/${id}/logs?follow`);
    expect(await socket.closed()).toBe(1000);
    const stamps = socket.frames.map((frame) => JSON.parse(frame).created_at);
    expect(stamps).toEqual(stamps.toSorted());
    expect(stamps.length).toBeGreaterThan(5);
  });

  it("tells of a build that is canceled, and ends with it", async () => {
    await using bench = await SocketBench.open();
    const { id } = (await bench.shown()).latest_build;
    await using socket = await bench.follow(`/workspacebuilds/${id}/logs?follow`);
    await bench.call("POST", "/__admin/clock/advance", { next: true });
    expect((await bench.call("PATCH", `/api/v2/workspacebuilds/${id}/cancel`)).status).toBe(200);
    await stepUntilClosed(bench, socket);
    expect(JSON.parse(socket.frames.at(-1) ?? "")).toMatchObject({ output: "The build was canceled." });
    const { body } = await bench.call("GET", `/api/v2/workspacebuilds/${id}/logs`);
    expect(socket.frames.map((frame) => JSON.parse(frame))).toEqual(body);
    expect(body.map(({ output }: { output: string }) => output).join()).not.toContain("Apply complete!");
  });

  it("is cut by a reset, which is not the end of the build", async () => {
    await using bench = await SocketBench.open();
    const { id } = (await bench.shown()).latest_build;
    await using socket = await bench.follow(`/workspacebuilds/${id}/logs?follow`);
    await bench.call("POST", "/__admin/reset");
    expect(await socket.closed()).toBe(1001);
  });

  it.each([
    ["?follow&after=last", "400"],
    ["?follow&before=1.5", "400"],
  ])("is refused for %s with %s, and with 426 without a WebSocket", async (search, status) => {
    await using bench = await SocketBench.open();
    const { id } = (await bench.shown()).latest_build;
    await expect(bench.follow(`/workspacebuilds/${id}/logs${search}`)).rejects.toThrow(status);
    expect((await bench.call("GET", `/api/v2/workspacebuilds/${id}/logs?follow`)).status).toBe(426);
  });
});

describe("the log of an agent that is followed", () => {
  it("comes in arrays of new lines, and ends when another build takes the agent's place", async () => {
    await using bench = await SocketBench.open();
    await bench.call("POST", "/__admin/clock/advance", { until: { task: "fix-it", status: "initializing" } });
    let agents: readonly { readonly id: string }[] = [];
    while (agents.length === 0) {
      await bench.call("POST", "/__admin/clock/advance", { next: true });
      const { resources } = (await bench.shown()).latest_build;
      agents = resources.flatMap((resource: { agents?: readonly { id: string }[] }) => resource.agents ?? []);
    }
    const path = `/workspaceagents/${agents[0]?.id}/logs`;
    await using socket = await bench.follow(`${path}?follow`);
    await bench.call("POST", "/__admin/clock/advance", { until: { task: "fix-it", status: "active" } });
    await bench.call("POST", "/__admin/clock/advance", { by: "1m" });
    const { body } = await bench.call("GET", `/api/v2${path}`);
    expect(socket.closedWith).toBeUndefined();
    expect((await bench.call("POST", `/api/v2/tasks/me/${bench.task}/pause`)).status).toBe(202);
    expect(await socket.closed()).toBe(1000);
    expect(body.length).toBeGreaterThan(2);
    expect(socket.frames.flatMap((frame) => JSON.parse(frame))).toEqual(body);
  });
});
