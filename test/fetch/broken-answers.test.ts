import { describe, expect, it } from "vitest";
import type { AdminSchemas } from "../../src/client/admin-types.ts";
import type { FetchMock } from "../../src/runtime/embedding/fetch-mock.ts";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";

type Fault = AdminSchemas["NewFault"]["fault"];

async function asked(
  fault: Fault,
  run: (ask: (signal?: AbortSignal) => Promise<Response>, mock: FetchMock) => Promise<void>,
) {
  await using mock = await openFetchMock({ clock: "manual" }, { assets });
  await mock.faults.add({ fault });
  const headers = { "Coder-Session-Token": mock.token("olga") };
  await run(
    (signal) =>
      mock.fetch(`${mock.url}/api/v2/tasks`, { headers, ...(signal === undefined ? {} : { signal }) }),
    mock,
  );
}

/** What of a body arrives before it breaks off, and what it breaks off with. */
async function readAll(answer: Response): Promise<{ readonly bytes: number; readonly error: unknown }> {
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? new ReadableStream<Uint8Array>()) bytes += chunk.length;
    return { bytes, error: undefined };
  } catch (error) {
    return { bytes, error };
  }
}

describe("a planned fault of the connection, without a connection", () => {
  it.each<readonly [string, Fault]>([
    ["a reset", { kind: "reset" }],
    ["an empty answer", { kind: "empty" }],
    ["what is not HTTP", { kind: "not-http" }],
  ])("%s fails as fetch fails", async (_, fault) => {
    await asked(fault, async (ask) => {
      const failing = ask();
      await expect(failing).rejects.toBeInstanceOf(TypeError);
      await expect(failing).rejects.toMatchObject({
        message: "fetch failed",
        cause: { message: `A planned fault broke the connection: ${fault.kind}.` },
      });
    });
  });

  it.each<readonly [string, Fault, number]>([
    ["a reset in the body", { kind: "reset", after_bytes: 7 }, 7],
    ["a body that is cut", { kind: "truncate", bytes: 12 }, 12],
    ["chunks that are none", { kind: "malformed-chunk" }, 0],
  ])("%s gives a head and breaks off", async (_, fault, bytes) => {
    await asked(fault, async (ask) => {
      const answer = await ask();
      expect(answer.status).toBe(200);
      const read = await readAll(answer);
      expect(read.bytes).toBe(bytes);
      expect(read.error).toMatchObject({ name: "TypeError", message: "terminated" });
    });
  });

  it("an answer in drips comes whole", async () => {
    await asked({ kind: "dribble", bytes: 4_096, every: "1ms" }, async (ask) => {
      const read = await readAll(await ask());
      expect(read.error).toBe(undefined);
      expect(read.bytes).toBeGreaterThan(4_096);
    });
  });

  it("an answer in drips ends with its reader, its caller or its world", async () => {
    await asked({ kind: "dribble", bytes: 1, every: "10s" }, async (ask, mock) => {
      await (await ask()).body?.cancel();
      const leaving = new AbortController();
      const left = await ask(leaving.signal);
      leaving.abort(new Error("Enough."));
      expect((await readAll(left)).error).toMatchObject({ message: "Enough." });
      const cut = await ask();
      await mock.reset();
      expect((await readAll(cut)).error).toMatchObject({ message: "terminated" });
    });
  });

  it("an answer that never comes is waited for until its caller leaves or its world begins anew", async () => {
    await asked({ kind: "hang" }, async (ask, mock) => {
      const leaving = new AbortController();
      const left = expect(ask(leaving.signal)).rejects.toThrow("Enough.");
      const cut = expect(ask()).rejects.toMatchObject({ message: "fetch failed" });
      await mock.requests.wait({ path: "/api/v2/tasks" }, { count: 2 });
      leaving.abort(new Error("Enough."));
      await left;
      await mock.reset();
      await cut;
    });
  });
});
