import { describe, expect, it } from "vitest";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";

const long = "x".repeat(500_000);

describe("a refusal of the admin API", () => {
  it.each([
    ["POST", "/clock/advance", { by: "9".repeat(500_000) }],
    ["POST", "/worlds", { revision: `2.${"9".repeat(500_000)}` }],
    ["POST", "/tasks/nothing/wait", { status: "active", timeout: "\u{1f600}".repeat(100_000) }],
    ["POST", "/explore", { operations: [long] }],
    ["PUT", "/state", { default_user: long }],
    ["PUT", "/state", { tasks: [{ name: long, owner: "olga", template: "docker" }] }],
    ["PUT", "/state", { [long]: 1 }],
  ])("repeats no more of a long value than anybody reads: %s %s", async (method, path, body) => {
    await using mock = await openFetchMock({}, { assets });
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${mock.adminToken}` };
    const init = { method, headers, body: JSON.stringify(body) };
    const answer = await mock.fetch(`${mock.url}/__admin${path}`, init);
    const text = await answer.text();
    expect([400, 404]).toContain(answer.status);
    expect(text.length).toBeLessThan(10_000);
    expect(text).not.toMatch(/\\ud83d(?!\\ude00)/);
  });
});
