import { expect } from "@playwright/test";
import { test } from "coder-tasks-mock/playwright";

test("has a world of its own", async ({ world, request }) => {
  const answer = await request.get(`${world.url}/api/v2/tasks`, {
    headers: { "Coder-Session-Token": world.token("olga") },
  });
  expect(answer.status()).toBe(200);
});
