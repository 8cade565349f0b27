// What a user of the installed package writes: both ways to have a mock, asked once each.
import { startMockServer } from "coder-tasks-mock";
import { createFetchMock } from "coder-tasks-mock/fetch";
import description from "coder-tasks-mock/package.json" with { type: "json" };

const server = await startMockServer({ scenario: "every-status", clock: "manual" });
const mock = await createFetchMock({ clock: "manual", profile: "wire" });
const listed = await fetch(`${server.url}/api/v2/tasks`, {
  headers: { "Coder-Session-Token": server.token("olga") },
});
const world = await mock.world({ scenario: "large" });
const got = await mock.fetch(`${world.url}/api/v2/tasks`, {
  headers: { "Coder-Session-Token": world.token("olga") },
});
const { count } = await got.json();
console.log(
  JSON.stringify({
    version: description.version,
    statuses: [listed.status, got.status],
    isLarge: count > 100,
  }),
);
await server.close();
await mock.close();
