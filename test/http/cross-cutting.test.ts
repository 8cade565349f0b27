import { describe, expect, it } from "vitest";
import { type Answer, HttpClient } from "../support/http-client.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import { live, wholeLife } from "./whole-life.ts";

async function livedOn(served: ServedMock): Promise<readonly Answer[]> {
  const client = new HttpClient(served.url);
  try {
    return await live(client);
  } finally {
    client.close();
  }
}

describe("the whole life of a task", () => {
  it("goes by without a sleep, each advance at the state that it was asked for", async () => {
    await using served = await serveMock();
    const answers = await livedOn(served);
    for (const [index, { call, status, holds = {} }] of wholeLife.entries()) {
      const answer = answers[index];
      const what = `${call.method} ${call.path}: ${answer?.text}`;
      expect(answer?.status, what).toBe(status);
      if (Object.keys(holds).length > 0) expect(answer?.body, what).toMatchObject(holds);
    }
    expect(served.log.filter((line) => /error|bug/i.test(line))).toEqual([]);
  });

  it("has the same bytes on another mock, and again behind a reset", async () => {
    await using one = await serveMock();
    await using other = await serveMock();
    const first = await livedOn(one);
    expect(await livedOn(other)).toEqual(first);
    const client = new HttpClient(one.url);
    await client.call({ method: "POST", path: "/__admin/reset" });
    client.close();
    expect(await livedOn(one)).toEqual(first);
  });
});
