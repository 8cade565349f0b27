import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { FetchMock } from "../../src/runtime/embedding/fetch-mock.ts";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";

const api = "https://coder.example/api/v2";

describe("a mock inside of MSW", () => {
  let mock: FetchMock;
  const server = setupServer();

  beforeAll(async () => {
    mock = await openFetchMock({ url: "https://coder.example", clock: "manual" }, { assets });
    server.listen({ onUnhandledRequest: "error" });
  });

  afterEach(async () => {
    server.resetHandlers();
    await mock.reset();
  });

  afterAll(async () => {
    server.close();
    await mock.close();
  });

  const olga = () => ({ "Coder-Session-Token": mock.token("olga") });
  const serve = () =>
    server.use(http.all("https://coder.example/api/*", ({ request }) => mock.fetch(request)));

  it("answers what the application asks by fetch", async () => {
    serve();
    const headers = { ...olga(), "Content-Type": "application/json" };
    const body = JSON.stringify({ input: "And in dark mode?" });
    const sent = await fetch(`${api}/tasks/me/dark-mode/send`, { method: "POST", headers, body });
    expect(sent.status).toBe(204);
    const answer = await fetch(`${api}/tasks/me/dark-mode`, { headers });
    expect(await answer.json()).toMatchObject({ name: "dark-mode", status: "active" });
    await mock.requests.expect({ operation: "send-input-to-ai-task" }, { count: 1 });
  });

  it("stands behind handlers of the test's own", async () => {
    serve();
    server.use(http.get(`${api}/tasks`, () => HttpResponse.json({ message: "Busy." }, { status: 503 })));
    expect((await fetch(`${api}/tasks`, { headers: olga() })).status).toBe(503);
    expect((await fetch(`${api}/tasks/me/dark-mode`, { headers: olga() })).status).toBe(200);
  });

  it("gives each test a world by its token", async () => {
    serve();
    await using world = await mock.world({ scenario: "empty" });
    const headers = { "Coder-Session-Token": world.token("olga") };
    expect(await (await fetch(`${api}/tasks`, { headers })).json()).toMatchObject({ count: 0 });
  });

  it("streams server-sent events", async () => {
    serve();
    const { workspace } = await mock.task("dark-mode").get();
    const leaving = new AbortController();
    const answer = await fetch(`${api}/workspaces/${workspace?.id}/watch`, {
      headers: olga(),
      signal: leaving.signal,
    });
    const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
    let text = "";
    while (!text.includes("data: ")) text += new TextDecoder().decode((await reader.read()).value);
    leaving.abort();
    await expect(reader.read()).rejects.toMatchObject({ name: "AbortError" });
  });

  it("breaks off where a fault was planned", async () => {
    serve();
    await mock.faults.add({ fault: { kind: "reset" } });
    // MSW shows what a handler throws.
    const shown = vi.spyOn(console, "error").mockReturnValue();
    await expect(fetch(`${api}/tasks`, { headers: olga() })).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(shown).toHaveBeenCalled();
    shown.mockRestore();
  });
});
