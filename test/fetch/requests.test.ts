import { describe, expect, it } from "vitest";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";

const api = "https://coder.example/api/v2";
const send = `${api}/tasks/me/dark-mode/send`;

function openMock() {
  return openFetchMock({ url: "https://coder.example", clock: "manual" }, { assets });
}

/** A body that begins and never ends, and tells what it was cancelled with. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly cancelled: Promise<unknown> } {
  let cancel: (reason: unknown) => void;
  const cancelled = new Promise<unknown>((resolve) => {
    cancel = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"input": "')),
    cancel: (reason) => cancel(reason),
  });
  return { body, cancelled };
}

describe("a request", () => {
  it("has its headers whatever the case of their names is", async () => {
    await using mock = await openMock();
    const request = new Request(send, { method: "POST", body: '{"input": "Go on."}' });
    // Those of happy-dom keep the case as this map does.
    const headers = new Map([
      ["Coder-Session-Token", mock.token("olga")],
      ["Content-Type", "application/json"],
    ]);
    const cased = new Proxy(request, {
      get(target, name) {
        if (name === "headers") return headers;
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    expect((await mock.fetch(cased)).status).toBe(204);
  });

  it.each<readonly [string, () => AbortSignal]>([
    ["while", () => AbortSignal.timeout(1)],
    ["before", () => AbortSignal.abort(new DOMException("Too late.", "TimeoutError"))],
  ])(
    "that is called off %s its body is read rejects with the reason, and lets go of the body",
    async (_, signalOf) => {
      await using mock = await openMock();
      const { body, cancelled } = endless();
      const signal = signalOf();
      const headers = { "Coder-Session-Token": mock.token("olga"), "Content-Type": "application/json" };
      const init: RequestInit = { method: "POST", headers, body, signal, duplex: "half" };
      await expect(mock.fetch(send, init)).rejects.toMatchObject({ name: "TimeoutError" });
      expect(await cancelled).toBe(signal.reason);
      expect(await mock.requests.count()).toBe(0);
    },
  );

  it("whose body fails rejects as it did", async () => {
    await using mock = await openMock();
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("No more ink.")) });
    await expect(mock.fetch(send, { method: "POST", body, duplex: "half" })).rejects.toThrow("No more ink.");
  });

  it("whose body is larger than what is looked at is answered without the rest of it", async () => {
    await using mock = await openMock();
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunks += 1;
        controller.enqueue(new Uint8Array(524_288));
      },
    });
    const headers = { "Coder-Session-Token": mock.token("olga"), "Content-Type": "application/json" };
    const answer = await mock.fetch(send, { method: "POST", headers, body, duplex: "half" });
    expect(await answer.text()).toContain("1048576");
    expect(chunks).toBeLessThan(6);
  });

  it("whose body is a stream of something else is refused, as fetch refuses it", async () => {
    await using mock = await openMock();
    const body = new ReadableStream({ start: (controller) => controller.enqueue("text") });
    await expect(mock.fetch(send, { method: "POST", body, duplex: "half" })).rejects.toThrow(TypeError);
  });

  it("whose body was read before is refused, as fetch refuses it", async () => {
    await using mock = await openMock();
    const request = new Request(send, { method: "POST", body: "{}" });
    await request.text();
    await expect(mock.fetch(request)).rejects.toThrow(TypeError);
  });
});
