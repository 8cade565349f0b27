import { describe, expect, it } from "vitest";
import { startTestMock } from "../support/test-mock.ts";

describe("finding and counting", () => {
  it("compares a thousand exchanges with tens of thousands of wanted members", async () => {
    const mock = await startTestMock({});
    const named = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, "y"]));
    const search = new URLSearchParams(named(1_000)).toString();
    for (let made = 0; made < 1_000; made++)
      await mock.ask("POST", `/api/v2/authcheck?${search}`, { body: {} });
    const ask = async (call: string, body: object) =>
      await mock.ask("POST", `/__admin/requests/${call}`, { body });
    const count = async (match: object) => (await ask("count", { match })).body;
    expect(await count({ query: named(1_000) })).toEqual({ count: 1_000, dropped: 0 });
    expect(await count({ query: named(60_000) })).toEqual({ count: 0, dropped: 0 });
    expect(await count({ header: named(60_000) })).toEqual({ count: 0, dropped: 0 });
    expect(await count({ body: named(60_000) })).toEqual({ count: 0, dropped: 0 });
    const late = await ask("wait", { match: { method: "POST", header: named(60_000) }, timeout: "0s" });
    expect(late.body).toMatchObject({ detail: expect.stringContaining("no header x0") });
  });
});
