import { describe, expect, it } from "vitest";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

interface Difference {
  readonly place: string;
  readonly expected: string;
  readonly received?: string;
}

/** What came nearest to a request, as `operation: differences`. */
async function nearest(method: string, path: string, body?: object): Promise<readonly string[]> {
  const mock = startAdminEngine({ contracts });
  await mock.ask({ method, path, body, headers: { "coder-session-token": "API_KEY" } });
  const { requests } = (await mock.admin("GET", "/requests/unmatched")).body;
  return requests.flatMap(({ near_misses }: { near_misses: readonly NearMiss[] }) => near_misses.map(asText));
}

interface NearMiss {
  readonly operation: string;
  readonly differences: readonly Difference[];
}

function asText({ operation, differences }: NearMiss): string {
  const parts = differences.map(
    ({ place, expected, received }) => `${place} ${received ?? "nothing"} instead of ${expected}`,
  );
  return `${operation}: ${parts.join(", ")}`;
}

describe("what went astray", () => {
  it.each<[method: string, path: string, first: string]>([
    ["GET", "/api/v2/task", "list-ai-tasks: path segment 3 task instead of tasks"],
    ["GET", "/api/v2/tasks/", "list-ai-tasks: path segment 4  instead of nothing"],
    [
      "GET",
      "/tasks",
      "list-ai-tasks: path segment 1 nothing instead of api, path segment 1 nothing instead of v2",
    ],
    ["PUT", "/api/v2/tasks", "list-ai-tasks: method PUT instead of GET"],
    ["POST", "/api/v2/tasks/me/fix-it/sent", "send-input-to-ai-task: path segment 6 sent instead of send"],
    ["GET", "/api/v2/tasks/me/fix-it/send", "send-input-to-ai-task: method GET instead of POST"],
    [
      "POST",
      "/api/v2/tasks/me/x/fix-it/send",
      "send-input-to-ai-task: path segment 6 fix-it instead of nothing",
    ],
  ])("%s %s is nearest to %s", async (method, path, first) => {
    expect((await nearest(method, path))[0]).toBe(first);
  });

  it("has no near miss for what is like nothing, or cannot be read", async () => {
    expect(await nearest("GET", "/a/b/c/d/e/f")).toEqual([]);
    expect(await nearest("GET", "/api/v2/tasks/%zz")).toEqual([]);
  });

  it("names every place of a request that breaks the contract", async () => {
    const mock = startAdminEngine({ contracts, profile: "documented" });
    await mock.api("POST", "/tasks/me", { body: { input: 5, template_version_id: "x", other: 1 } });
    const { body } = await mock.admin("GET", "/requests/unmatched");
    expect(body).toMatchObject({
      count: 1,
      dropped: 0,
      requests: [
        {
          id: "1",
          outcome: "contract-request",
          near_misses: [
            {
              operation: "create-a-new-ai-task",
              method: "POST",
              path: "/tasks/{user}",
              differences: [
                { place: "body/input", expected: "a string", received: "5" },
                { place: "body/template_version_id", expected: expect.any(String), received: '"x"' },
              ],
            },
          ],
        },
      ],
    });
  });

  it("says so where only the world was not named", async () => {
    const mock = startAdminEngine({ contracts, strict: true });
    await mock.ask({ method: "GET", path: "/api/v2/tasks" });
    const { requests } = (await mock.admin("GET", "/requests/unmatched?world=default")).body;
    expect(requests[0].near_misses).toEqual([
      {
        operation: "list-ai-tasks",
        method: "GET",
        path: "/tasks",
        differences: [{ place: "world", expected: "the name of a world" }],
      },
    ]);
  });

  it("leaves out what was answered or refused, newest first, as many as wanted", async () => {
    const mock = startAdminEngine({ contracts });
    for (const path of ["/tasks", "/x", "/tasks/nobody/x", "/y"]) await mock.api("GET", path);
    const { requests, count } = (await mock.admin("GET", "/requests/unmatched?limit=1")).body;
    expect([requests.map(({ id }: { id: string }) => id), count]).toEqual([["4"], 2]);
  });
});
