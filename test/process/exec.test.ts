import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleProgram, type Program } from "../support/bundled-program.ts";
import { node, type Running, startExec } from "../support/exec-program.ts";

let program: Program;
beforeAll(async () => {
  program = await bundleProgram();
});

const children: ChildProcess[] = [];
afterAll(() => {
  program.remove();
  for (const child of children) child.kill("SIGKILL");
});

function exec(args: readonly string[], given: Parameters<typeof startExec>[2] = {}): Running {
  const running = startExec(program, args, given);
  children.push(running.child);
  return running;
}

/** Prints the four variables as JSON; absent ones are null. */
const showVariables = node(
  `console.log(JSON.stringify(["CODER_URL", "CODER_SESSION_TOKEN", "CODER_TASKS_MOCK_ADMIN", "CODER_TASKS_MOCK_ADMIN_TOKEN"].map((name) => process.env[name] ?? null)))`,
);

describe.concurrent("exec", { timeout: 30_000 }, () => {
  it("lets a command use the API as the default user and steer, by nothing but variables", async () => {
    const { code, out, err } = await exec(
      node(`
        const { CODER_URL, CODER_SESSION_TOKEN, CODER_TASKS_MOCK_ADMIN } = process.env;
        const headers = { "Coder-Session-Token": CODER_SESSION_TOKEN };
        const task = await (await fetch(CODER_URL + "/api/v2/tasks/me/dark-mode", { headers })).json();
        const clock = await (await fetch(CODER_TASKS_MOCK_ADMIN + "/clock")).json();
        console.log(task.owner_name, clock.mode);
      `),
      { environment: { CODER_TASKS_MOCK_CLOCK: "manual" } },
    ).ended;
    expect([code, out, err]).toEqual([0, "olga manual\n", ""]);
  });

  it("stops the mock when the command has ended", async () => {
    const { out } = await exec(showVariables).ended;
    const [url] = JSON.parse(out);
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  it("hands on the admin token where one is asked for", async () => {
    const { out } = await exec(["--admin-token", "secret", ...showVariables]).ended;
    expect(JSON.parse(out)).toEqual([expect.any(String), expect.any(String), expect.any(String), "secret"]);
  });

  it("takes values out that mean something else than this mock", async () => {
    const environment = {
      CODER_URL: "https://coder.example.com",
      CODER_SESSION_TOKEN: "of-a-deployment",
      CODER_TASKS_MOCK_ADMIN: "http://127.0.0.1:1/__admin",
    };
    const { out } = await exec(["--no-admin", ...showVariables], { environment }).ended;
    const [url, token, ...admin] = JSON.parse(out);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(token).toMatch(/^5p2u28fs1g-/);
    expect(admin).toEqual([null, null]);
  });

  it("leaves PORT to the command and takes any free port", async () => {
    const { code, out } = await exec(
      node(`console.log(process.env.PORT, process.env.CODER_URL.endsWith(":1"))`),
      { environment: { PORT: "1" } },
    ).ended;
    expect([code, out]).toEqual([0, "1 false\n"]);
  });

  it("leaves input, output and arguments to the command", async () => {
    const { code, out, err } = await exec(
      [
        "--scenario=empty",
        ...node(`process.stdin.pipe(process.stdout); console.error(process.argv.slice(1).join("|"))`),
        "first",
        "--help",
        "--",
        "-h $HOME *",
      ],
      { input: "in and out" },
    ).ended;
    expect([code, out, err]).toEqual([0, "in and out", "first|--help|--|-h $HOME *\n"]);
  });

  it.each([
    ["process.exit(0)", 0],
    ["process.exit(1)", 1],
    ["process.exit(42)", 42],
    ["process.kill(process.pid, 'SIGKILL')", 137],
    ["process.kill(process.pid, 'SIGTERM')", 143],
  ])("ends after %s with %i", async (script, expected) => {
    expect(await exec(["--scenario", "empty", ...node(script)]).ended).toMatchObject({ code: expected });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "passes %s on and waits for what the command makes of it",
    async (signal) => {
      const running = exec(
        node(`
          process.on("${signal}", async () => {
            const answer = await fetch(process.env.CODER_TASKS_MOCK_ADMIN + "/health");
            console.log("still", answer.status);
            process.exit(5);
          });
          setInterval(() => {}, 1000);
          console.log("ready");
        `),
      );
      await running.speaks;
      running.child.kill(signal);
      expect(await running.ended).toEqual({ code: 5, out: "ready\nstill 200\n", err: "" });
    },
  );

  it("ends as a shell would when a signal that it passed on ended the command", async () => {
    const running = exec(node(`setInterval(() => {}, 1000); console.log("ready")`));
    await running.speaks;
    running.child.kill("SIGTERM");
    expect(await running.ended).toEqual({ code: 143, out: "ready\n", err: "" });
  });

  it.each<[what: string, args: readonly string[], code: number, says: RegExp]>([
    ["no command", [], 2, /^There is no command to run\. .*exec -- npm test\.\n$/],
    ["nothing behind --", ["--port", "0", "--"], 2, /^There is no command to run\./],
    ["an empty command", ["--", ""], 2, /^There is no command to run\./],
    ["a command without --", ["npm", "test"], 2, /^There is no command to run\./],
    [
      "an unknown flag",
      ["--prot", "0", "--", "true"],
      2,
      /^Unknown flag --prot\. Did you mean "--port"\?\n$/,
    ],
    [
      "a folder for reports that cannot be",
      ["--report-dir", `${process.execPath}/x`, "--", "true"],
      2,
      /^--report-dir is ".*"; expected a folder to write to, .*ENOTDIR/,
    ],
    [
      "reports without the API that they come from",
      ["--report-dir", "x", "--no-admin", "--", "true"],
      2,
      /^--report-dir is "x"; expected no folder under --no-admin/,
    ],
    ["a bad value", ["--port", "x", "--", "true"], 2, /^--port is "x"; expected a whole number/],
    ["an unknown scenario", ["--scenario", "x", "--", "true"], 2, /^There is no scenario "x"/],
    [
      "a command that nobody has",
      ["--", "no-such-program"],
      127,
      /^The command "no-such-program" was not found\./,
    ],
    ["a folder for a command", ["--", "/"], 126, /^The command "\/" cannot be run/],
  ])("tells %s in a line and ends with the code for it", async (_, args, code, says) => {
    const ended = await exec(args).ended;
    expect(ended).toEqual({ code, out: "", err: expect.stringMatching(says) });
    expect(ended.err.trimEnd().split("\n")).toHaveLength(1);
  });
});
