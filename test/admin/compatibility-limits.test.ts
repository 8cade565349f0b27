import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { createTask } from "../support/admin-engine.ts";
import { compatibility, start } from "../support/compatibility-answer.ts";
import { tokenFor } from "../support/world-builder.ts";

describe("what counts for no revision", () => {
  it("is a request that no contract takes: a mistake of the client", async () => {
    const mock = start();
    await mock.api("POST", "/tasks/alice", { body: { input: 7, template_version_id: 7 } });
    await mock.api("GET", "/nothing");
    const { body, verdicts, part } = await compatibility(mock);
    expect(body.judged).toBe(0);
    expect(body.mistakes).toMatchObject({ count: 2, more_reasons: 0 });
    expect(body.mistakes.reasons).toContainEqual(
      expect.objectContaining({
        kind: "refused",
        operation: "create-a-new-ai-task",
        text: expect.stringMatching(/^body\/input: /),
        exchanges: ["1"],
      }),
    );
    expect(body.mistakes.reasons).toContainEqual({
      kind: "missing",
      text: "GET /api/v2/nothing is no operation",
      count: 1,
      exchanges: ["2"],
    });
    expect(verdicts("wire")).toEqual(["fits", "fits", "fits"]);
    expect(part("wire").smallest).toBeUndefined();
  });

  it("is a request that this contract refuses, but not where another takes it", async () => {
    const mock = start({ profile: "documented" });
    const answer = await mock.ask({
      method: "POST",
      path: "/api/v2/tasks/alice",
      headers: { "coder-session-token": tokenFor("member"), "content-type": "text/plain" },
      body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x" },
    });
    expect(answer.headers["X-Mock-Outcome"]).toBe("contract-request");
    const { body, verdicts } = await compatibility(mock);
    expect([body.judged, body.mistakes.count]).toEqual([1, 0]);
    expect(verdicts("documented")).toEqual(["fails", "fails", "fails"]);
    expect(verdicts("wire")).toEqual(["fits", "fits", "fits"]);
  });

  it("is a page of the mock's own", async () => {
    const mock = start();
    await mock.ask({ method: "GET", path: "/" });
    const { body } = await compatibility(mock);
    expect([body.judged, body.mistakes.count, body.not_judged.foreign]).toEqual([0, 0, 1]);
  });

  it("is an exchange whose bodies had to make room, and one that had to make room itself", async () => {
    const mock = start();
    const long = "x".repeat(40_000);
    for (const name of ["one", "two"]) {
      const answer = await mock.api("POST", "/tasks/alice", {
        body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: long, name },
      });
      expect(answer.status).toBe(201);
    }
    const first = await compatibility(mock);
    expect(first.body.not_judged.incomplete).toBeGreaterThan(0);
    expect(first.body.judged + first.body.not_judged.incomplete).toBe(2);
    for (let count = 0; count < 5; count += 1) await mock.api("GET", "/tasks/alice/nobody");
    expect((await compatibility(mock)).body.not_judged).toMatchObject({ incomplete: 0, dropped: 2 });
  });

  it("is everything from before a reset", async () => {
    const mock = start();
    await createTask(mock);
    await mock.admin("POST", "/reset");
    expect((await compatibility(mock)).body).toMatchObject({ judged: 0, mistakes: { count: 0 } });
  });
});

describe("a call that makes no sense is refused", () => {
  it.each([
    ["GET", "/compatibility?world=nowhere", 404],
    ["GET", "/compatibility?world=default&world=default", 400],
    ["POST", "/compatibility", 405],
    ["DELETE", "/compatibility", 405],
    ["GET", "/requests?format=xml", 400],
    ["GET", "/requests?format=journal&format=har", 400],
  ])("%s %s is a %i", async (method, path, status) => {
    expect((await start().admin(method, path)).status).toBe(status);
  });
});

describe("the report", () => {
  it("tells a reason once, with how often and where", async () => {
    const mock = start();
    for (let count = 0; count < 3; count += 1) {
      await mock.api("POST", "/tasks/alice", { body: { input: 7, template_version_id: null } });
    }
    expect((await compatibility(mock)).body.mistakes.reasons).toMatchObject([
      { count: 3, exchanges: ["1", "2", "3"] },
    ]);
  });

  it("shows no token, and neither does a journal file", async () => {
    const mock = start();
    await mock.ask({ method: "GET", path: `/api/v2/${tokenFor("member")}` });
    await mock.api("POST", "/tasks/alice/x/send", { body: { input: { token: tokenFor("member") } } });
    await mock.ask({ method: "GET", path: `/api/v2/tasks?coder_session_token=${tokenFor("member")}&q=%00` });
    for (const view of ["/compatibility", "/requests?format=journal"]) {
      const { body } = await mock.admin("GET", view);
      expect(JSON.stringify(body)).not.toContain(tokenFor("member"));
    }
  });

  it("finds that a world's own contract fits whatever was answered by it", async () => {
    const calls = fc.constantFrom<readonly [string, string, object?]>(
      ["GET", "/tasks"],
      ["GET", "/tasks?q=owner:me"],
      ["GET", "/tasks/alice/fix-it"],
      ["GET", "/tasks/alice/none"],
      ["GET", "/tasks/alice/fix-it/logs"],
      ["POST", "/tasks/alice/fix-it/send", { input: "More" }],
      ["PATCH", "/tasks/alice/fix-it/input", { input: "Else" }],
      ["DELETE", "/tasks/alice/fix-it"],
      ["POST", "/tasks/alice", { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x" }],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...contractKeys),
        fc.array(calls, { minLength: 1, maxLength: 4 }),
        async (key, sequence) => {
          const mock = start(key);
          await createTask(mock);
          for (const [method, path, body] of sequence) await mock.api(method, path, { body });
          const { cell, body } = await compatibility(mock);
          expect(cell(key.revision, key.profile)).toMatchObject({ verdict: "fits", reasons: [] });
          expect(body.judged + body.mistakes.count).toBe(sequence.length + 1);
          for (const { revisions } of body.profiles) {
            for (const { fine, missing, refused, different } of revisions) {
              expect(fine + missing + refused + different).toBe(body.judged);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
