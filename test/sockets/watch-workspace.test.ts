import { describe, expect, it } from "vitest";
import { HttpClient } from "../support/http-client.ts";
import { SocketClient } from "../support/socket-client.ts";
import { SocketBench } from "./socket-bench.ts";

function statusesIn(frames: readonly string[]): readonly string[] {
  return frames.map((frame) => {
    const { type, data } = JSON.parse(frame);
    expect(type).toBe("data");
    return data.latest_build.status;
  });
}

describe("a workspace that is watched over a WebSocket", () => {
  it("comes at once, and again after each change that a manual clock brings", async () => {
    await using bench = await SocketBench.open();
    await using socket = await bench.watch();
    expect(statusesIn(await socket.has(1))).toEqual(["pending"]);
    await bench.call("POST", "/__admin/clock/advance", { next: true });
    expect(statusesIn(await socket.has(2))).toEqual(["pending", "starting"]);
    await bench.call("POST", "/__admin/clock/advance", {
      until: { task: "fix-it", status: "active" },
    });
    const seen = await bench.call("GET", `/api/v2/workspaces/${bench.workspace}`);
    expect(JSON.parse(socket.frames.at(-1) ?? "")).toEqual({ type: "data", data: seen.body });
  });

  it("comes again with each line that its agent writes, though nothing else happens", async () => {
    await using bench = await SocketBench.open();
    await using socket = await bench.watch();
    const lengths = new Set<number>();
    while (lengths.size < 4) {
      await bench.call("POST", "/__admin/clock/advance", { by: "100ms" });
      const data = await bench.shown();
      lengths.add(data.latest_build.resources[0]?.agents?.[0].logs_length ?? 0);
      const shown = JSON.stringify({ type: "data", data });
      while (socket.frames.at(-1) !== shown) await socket.has(socket.frames.length + 1);
    }
  });

  it("ends when it is deleted, behind what shows that, and so does what is opened later", async () => {
    await using bench = await SocketBench.open();
    await bench.call("POST", "/__admin/clock/advance", { until: { task: "fix-it", status: "active" } });
    await using socket = await bench.watch();
    expect((await bench.call("DELETE", `/api/v2/tasks/me/${bench.task}`)).status).toBe(202);
    await bench.call("POST", "/__admin/clock/advance", { by: "1m" });
    expect(await socket.closed()).toBe(1000);
    expect(statusesIn(socket.frames)).toEqual(["running", "pending", "deleted"]);
    await using late = await bench.watch();
    expect(await late.closed()).toBe(1000);
    expect(late.frames).toEqual(socket.frames.slice(-1));
    const events = await bench.call("GET", `/api/v2/workspaces/${bench.workspace}/watch`);
    expect(events.text.match(/^event: data$/gm)).toHaveLength(1);
  });

  it("stays silent when nothing about it changes", async () => {
    await using bench = await SocketBench.open();
    await using socket = await bench.watch();
    await socket.has(1);
    await bench.call("GET", "/api/v2/tasks");
    await bench.call("PATCH", `/api/v2/tasks/me/fix-it/input`, { input: "x" });
    await bench.call("POST", "/__admin/clock/advance", { next: true });
    expect(await socket.has(2)).toHaveLength(2);
  });

  it("changes by itself under a clock that runs", async () => {
    await using bench = await SocketBench.open({ clock: "real", speed: "1000" });
    await using socket = await bench.watch();
    while (!statusesIn(socket.frames).includes("running")) await socket.has(socket.frames.length + 1);
  });

  it.each([
    ["a reset", (bench: SocketBench) => bench.call("POST", "/__admin/reset")],
    ["the end of the server", (bench: SocketBench) => bench.stop()],
  ])("is cut by %s with the code of going away", async (_, end) => {
    await using bench = await SocketBench.open();
    await using socket = await bench.watch();
    await end(bench);
    expect(await socket.closed()).toBe(1001);
  });

  it("is cut when its world goes", async () => {
    await using bench = await SocketBench.open();
    const made = await bench.call("POST", "/__admin/worlds", { id: "one" });
    const mine = { "Coder-Session-Token": made.body.tokens.olga };
    const [task] = (
      await new HttpClient(bench.url).call({ method: "GET", path: "/api/v2/tasks", headers: mine })
    ).body.tasks;
    const path = `/api/v2/workspaces/${task.workspace_id.uuid}/watch-ws`;
    await using socket = await SocketClient.open(`${bench.url}${path}`, mine);
    await bench.call("DELETE", "/__admin/worlds/one");
    expect(await socket.closed()).toBe(1001);
  });

  it("is refused as everything else is: without a token, and where there is no workspace", async () => {
    await using bench = await SocketBench.open();
    await expect(bench.watch({})).rejects.toThrow("401");
    bench.workspace = "00000000-0000-4000-8000-000000000000";
    await expect(bench.watch()).rejects.toThrow("404");
  });

  it("is refused with 426 to a client that asks for no WebSocket, and the journal has it", async () => {
    await using bench = await SocketBench.open();
    const path = `/api/v2/workspaces/${bench.workspace}/watch-ws`;
    const refused = await bench.call("GET", path);
    expect([refused.status, refused.headers["upgrade"]]).toEqual([426, "websocket"]);
    await using _ = await bench.watch();
    const { requests } = (await bench.call("GET", "/__admin/requests?limit=2")).body;
    expect(requests).toMatchObject([
      { path, status: 101, outcome: "handled", operation: "watch-workspace-by-websocket" },
      { path, status: 426, outcome: "refused" },
    ]);
  });
});

describe("a workspace that is watched by server-sent events", () => {
  it("tells the same as the WebSocket, and ends with the world's run", async () => {
    await using bench = await SocketBench.open();
    await using socket = await bench.watch();
    const events = bench.call("GET", `/api/v2/workspaces/${bench.workspace}/watch`);
    await socket.has(1);
    for (let step = 2; step < 5; step++) {
      const other = new HttpClient(bench.url);
      const body = { next: true };
      await other.call({ method: "POST", path: "/__admin/clock/advance", body });
      other.close();
      await socket.has(step);
    }
    const other = new HttpClient(bench.url);
    await other.call({ method: "POST", path: "/__admin/reset" });
    other.close();
    const { headers, text } = await events;
    expect(headers["content-type"]).toBe("text/event-stream");
    const told = text.split("\n\n").filter((event) => event !== "");
    const expected = socket.frames.map(
      (frame) => `event: data\ndata: ${JSON.stringify(JSON.parse(frame).data)}`,
    );
    expect(told).toEqual(expected);
  });
});
