import type { Json } from "../support/http-client.ts";
import type { Player } from "./determinism-player.ts";

const nowhere = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

/**
 * Every operation of the API in every revision and both profiles, done and refused, with names and ids that the mock makes
 * up, and everything of the admin API that works on a world. What tells of the host is left out: health, version, worlds.
 */
export async function playAll(player: Player): Promise<void> {
  await readEverything(player);
  await liveThrough(player);
  await makeTasks(player);
  await refuseEverything(player);
  await steer(player);
  await goBackAndForth(player);
  for (const [revision, profile] of [
    ["2.30", "wire"],
    ["2.31", "documented"],
    ["2.34", "wire"],
  ] as const) {
    await player.admin("POST", "/reset", { scenario: "empty", seed: "another", revision, profile });
    await liveThrough(player);
    await makeTasks(player);
  }
  await player.admin("GET", "/state?format=yaml");
}

async function readEverything(player: Player): Promise<void> {
  await player.api("GET", "/tasks", { as: "olga" });
  await player.api("GET", "/tasks?q=owner:me%20status:active", { as: "mateo" });
  await player.api("GET", "/api/experimental/tasks?q=organization:labs", { as: "ines" });
  for (const task of ["dark-mode", "cache-headers", "email-templates", "fix-login-tests"]) {
    await player.api("GET", `/tasks/olga/${task}/logs`, { as: "olga" });
  }
  for (const path of ["/users", "/clock", "/tasks?limit=1"]) {
    await player.admin("GET", path);
  }
}

/** The id of a template's version belongs to the seed. */
async function activeVersion(player: Player): Promise<string> {
  const { templates } = await player.admin("GET", "/templates");
  return templates.find(({ name }: Json) => name === "web-agent").active_version_id;
}

/** Ids and names come from the mock here. */
async function makeTasks(player: Player): Promise<void> {
  const version = await activeVersion(player);
  const make = (as: string, body: object) =>
    player.api("POST", "/tasks/me", { as, body: { template_version_id: version, ...body } });
  await make("priya", { input: "Count the tests that take longer than a second.", name: "first" });
  await make("priya", { input: "Count the tests that take longer than a second." });
  await make("olga", { input: "Count the tests that take longer than a second." });
  await make("olga", { input: "" });
  await make("olga", { input: "数を数える", display_name: "  Counting  " });
  await make("priya", { input: "Again.", name: "FIRST" });
}

async function liveThrough(player: Player): Promise<void> {
  const { body } = await player.api("POST", "/tasks/me", {
    as: "priya",
    body: { template_version_id: await activeVersion(player), input: "Count the tests." },
  });
  const path = `/tasks/me/${body.id}`;
  const on = (method: "GET" | "POST" | "PATCH" | "DELETE", rest: string, input?: string) =>
    player.api(method, `${path}${rest}`, {
      as: "priya",
      ...(input === undefined ? {} : { body: { input } }),
    });
  const until = (wanted: object) =>
    player.admin("POST", "/clock/advance", { until: { task: body.id, ...wanted } });
  await on("GET", "/logs");
  await until({ status: "active" });
  await on("GET", "");
  await on("POST", "/send", "And the slow ones?");
  await on("POST", "/send", "Hello?");
  await until({ state: "idle" });
  await on("GET", "/logs");
  await on("POST", "/pause");
  await on("GET", "/logs");
  await until({ status: "paused" });
  await on("PATCH", "/input", " Count them twice.\n");
  await on("POST", "/resume");
  await on("GET", "/logs");
  await player.admin("POST", `/tasks/${body.id}/wait`, { status: "pending", timeout: "0s" });
  await player.admin("POST", "/clock/advance", { next: 5 });
  await player.admin("POST", "/clock/advance", { by: "30s" });
  await upload(player, body.id);
  await on("GET", "/logs");
  await on("DELETE", "");
  await on("GET", "");
  await until({ deleted: true });
}

async function upload(player: Player, id: string): Promise<void> {
  const { agent } = await player.admin("GET", `/tasks/${id}`);
  const path = `/workspaceagents/me/tasks/${id}/log-snapshot?format=agentapi`;
  const messages = [{ id: 1, content: "Done.", role: "agent", time: "2026-02-02T09:00:00Z" }];
  await player.api("POST", path, { token: agent?.token ?? nowhere, body: { messages } });
  await player.api("POST", path, { token: nowhere, body: { messages } });
  await player.api("POST", path, { token: agent?.token ?? nowhere, body: {} });
}

async function refuseEverything(player: Player): Promise<void> {
  await player.api("GET", "/tasks");
  await player.api("GET", "/tasks", { headers: { "Coder-Session-Token": "garbage" } });
  await player.api("GET", "/tasks?q=owner:nobody", { as: "olga" });
  await player.api("GET", "/tasks?q=a:b:c", { as: "olga" });
  await player.api("GET", "/tasks?q=status:running", { as: "olga" });
  await player.api("GET", "/tasks/nobody/dark-mode", { as: "olga" });
  await player.api("GET", "/tasks/olga/dark-mode", { as: "priya" });
  await player.api("GET", `/tasks/me/${nowhere}`, { as: "olga" });
  await player.api("PUT", "/tasks/me", { as: "olga" });
  await player.api("GET", "/tasks/me/fix-it/paus", { as: "olga" });
  await player.api("POST", "/tasks/me", { as: "olga", body: { template_version_id: nowhere, input: "x" } });
  await player.api("POST", "/tasks/me", {
    as: "olga",
    body: { template_version_id: await activeVersion(player), name: "not--good" },
  });
  await player.api("POST", "/tasks/me", { as: "olga", body: "{" });
  for (const task of ["dark-mode", "cache-headers", "email-templates"]) {
    await player.api("PATCH", `/tasks/me/${task}/input`, { as: "olga", body: { input: " " } });
    await player.api("POST", `/tasks/me/${task}/send`, { as: "olga", body: { input: "Go on." } });
    await player.api("DELETE", `/tasks/me/${task}`, { as: "olga" });
  }
  await player.admin("POST", "/clock/advance", { to: "2020-01-01T00:00:00Z" });
  await player.admin("POST", "/tasks/nowhere/report", { state: "idle", message: "x" });
  await player.admin("POST", "/reset", { scenario: "defualt" });
  await player.admin("PUT", "/state", { tasks: [{ name: "one", owner: "nobody" }] });
  await player.admin("GET", "/requests?limit=3");
  await player.admin("GET", "/requests?status=4xx&since=4&limit=2");
  await player.admin("GET", "/requests/unmatched");
  await player.admin("POST", "/requests/find", { match: { body: { input: "Go on." } }, limit: 2 });
  await player.admin("POST", "/requests/count", { match: { user: "olga" } });
  await player.admin("POST", "/requests/wait", {
    match: { method: "DELETE" },
    count: 1_000,
    timeout: "0s",
  });
}

async function steer(player: Player): Promise<void> {
  const order = (task: string, path: string, body: object) =>
    player.admin("POST", `/tasks/${task}/${path}`, body);
  await player.admin("POST", "/users", { username: "nina", roles: ["auditor"] });
  await player.admin("POST", "/tokens", { user: "nina", expires_in: "1h" });
  await order("csv-import", "report", { state: "failure", message: "Nobody answers" });
  await order("csv-import", "messages", { role: "agent", content: "I give up." });
  await order("csv-import", "app", { health: "unhealthy" });
  await order("csv-import", "agent", { lifecycle: "shutting_down" });
  await order("csv-import", "build", { transition: "stop", job: "failed", error: "no quota" });
  await order("csv-import", "build", { transition: "start" });
  await order("csv-import", "settle", {});
  await order("csv-import", "build", { job: "pending" });
  await player.api("GET", "/tasks/me/csv-import/logs", { as: "mateo" });
}

async function goBackAndForth(player: Player): Promise<void> {
  const version = await activeVersion(player);
  const make = () =>
    player.api("POST", "/tasks/me", { as: "olga", body: { template_version_id: version, input: "Next." } });
  await player.admin("POST", "/snapshots", { name: "before" });
  await make();
  await player.admin("POST", "/clock/advance", { by: "3s" });
  await player.admin("POST", "/snapshots", { name: "after" });
  await player.admin("GET", "/snapshots/diff?from=before&to=after");
  await player.admin("POST", "/snapshots/before/restore");
  await make();
  await player.admin("GET", "/snapshots");
  await player.admin("DELETE", "/snapshots/after");
  await player.admin("POST", "/snapshots/after/restore");
  await player.admin("POST", "/reset");
  await make();
  await player.admin("DELETE", "/requests");
  await player.admin("PUT", "/clock", { mode: "manual", now: "2026-03-01T00:00:00Z" });
  await player.api("GET", "/tasks/olga/dark-mode", { as: "olga" });
}
