import type { Config } from "./config.ts";
import type { RunningServer } from "./server/start-server.ts";

/** What a server says when it is up: where it is, what it serves, who can sign in, and one request that works. */
export function banner({ url, mock }: RunningServer, config: Config): string {
  const { settings } = mock.host.world;
  const users = mock.signIns();
  const sample = users.find((user) => user.isDefault) ?? users[0];
  const facts = {
    scenario: settings.scenario,
    revision: settings.revision,
    profile: settings.profile,
    clock: config.clock.mode,
    ...(mock.adminToken === undefined ? {} : { admin_token: mock.adminToken }),
  };
  if (config.logFormat === "json") {
    return `${JSON.stringify({ level: 30, msg: "ready", url, ...facts, users })}\n`;
  }
  const width = Math.max(0, ...users.map(({ username }) => username.length));
  const lines = [
    `coder-tasks-mock is ready on ${url}`,
    `  ${Object.entries(facts)
      .map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`)
      .join("  ")}`,
    "",
    ...users.map(
      ({ username, token, roles }) => `  ${username.padEnd(width)}  ${token}  ${roles.join(", ")}`,
    ),
  ];
  const request = sample && ["", `  curl ${url}/api/v2/tasks -H 'Coder-Session-Token: ${sample.token}'`];
  return `${[...lines, ...(request ?? [])].join("\n")}\n\n`;
}
