import { test } from "coder-tasks-mock/vitest";

test("has a world of its own", async ({ world, expect }) => {
  const answer = await fetch(`${world.url}/api/v2/tasks`, {
    headers: { "Coder-Session-Token": world.token("olga") },
  });
  expect(answer.status).toBe(200);
});
