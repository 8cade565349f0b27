import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { capturedCli } from "../support/captured-cli.ts";
import { tokenFor } from "../support/world-builder.ts";

const contracts = await openContracts();

const cli = capturedCli();

async function journalOf(mock: AdminEngine, name: string): Promise<string> {
  const journal = await mock.admin("GET", "/requests?format=journal");
  expect(journal.status).toBe(200);
  return cli.written(name, journal.body);
}

/** A client of the shapes of deployments that lists, and pauses if it is told to. */
async function client({ pauses }: { readonly pauses: boolean }): Promise<AdminEngine> {
  const mock = startAdminEngine({ contracts });
  await createTask(mock);
  await mock.api("GET", "/tasks");
  if (pauses) await mock.api("POST", "/tasks/alice/fix-it/pause");
  return mock;
}

describe("a journal file", () => {
  it("says the same as the world that it came from", async () => {
    const mock = await client({ pauses: true });
    await mock.api("POST", "/tasks/alice/fix-it/send", { body: "{" });
    await mock.ask({ method: "GET", path: "/" });
    const file = await journalOf(mock, "journal.json");
    expect(await runCli(["compat", file, "--format", "json"])).toBe(0);
    expect(JSON.parse(cli.out)).toEqual((await mock.admin("GET", "/compatibility")).body);
  });

  it("has all exchanges, oldest first, and no token", async () => {
    const mock = await client({ pauses: true });
    const journal = await mock.admin("GET", "/requests?format=journal&limit=1");
    expect(journal.body).toMatchObject({
      version: 1,
      world: "default",
      revision: "2.34",
      profile: "wire",
      dropped: 0,
      exchanges: [
        { id: "1", operation: "create-a-new-ai-task", request_body: { json: { name: "fix-it" } } },
        { id: "2", operation: "list-ai-tasks", response: { status: 200, body: { json: { count: 1 } } } },
        { id: "3", operation: "pause-task" },
      ],
    });
    expect(JSON.stringify(journal.body)).not.toContain(tokenFor("siteOwner"));
  });

  it("with a body that is not there in whole counts that exchange as not judged", async () => {
    const mock = await client({ pauses: false });
    const { body } = await mock.admin("GET", "/requests?format=journal");
    body.exchanges[0].request_body = { size: 70_000, text: "{", cut: true };
    body.exchanges[1].response.body = { size: 9, omitted: "made-room" };
    expect(await runCli(["compat", await cli.written("cut.json", body)])).toBe(0);
    expect(cli.out).toMatch(/^0 exchanges judged; not judged: 2 not kept whole\n/);
  });

  it("with an answer that is nested without an end counts that exchange as not judged", async () => {
    const mock = await client({ pauses: false });
    const { body } = await mock.admin("GET", "/requests?format=journal");
    const text = `{"tasks":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    body.exchanges[1].response.body = { size: text.length, media_type: "application/json", text };
    expect(await runCli(["compat", await cli.written("deep.json", body)])).toBe(0);
    expect(cli.out).toMatch(/^1 exchange judged; not judged: 1 not kept whole\n/);
  });

  it.each<[what: string, content: unknown, problem: RegExp]>([
    ["no JSON", "{", /it is no JSON/],
    ["something else", { requests: [] }, /at \S+ stands something else than/],
    [
      "of a version to come",
      { version: 2, world: "x", revision: "2.34", profile: "wire", dropped: 0, exchanges: [] },
      /at \/version /,
    ],
  ])("that is %s is refused with the place and what was expected", async (_, content, problem) => {
    const file = await cli.written("bad.json", content);
    expect([await runCli(["compat", file]), cli.out]).toEqual([2, ""]);
    expect(cli.err).toMatch(problem);
    expect(cli.err.startsWith(`${file}: expected a journal file`)).toBe(true);
    expect(cli.err.trimEnd()).not.toContain("\n");
  });
});

describe("compat", () => {
  it("prints which releases do, and why the others do not", async () => {
    const file = await journalOf(await client({ pauses: true }), "journal.json");
    expect(await runCli(["compat", file])).toBe(0);
    expect(cli.out).toMatch(/^3 exchanges judged\n\n +2\.30 +2\.31 +2\.34\n/);
    expect(cli.out).toMatch(/\nwire +fails +fits +fits\n/);
    expect(cli.out).toContain("\nwire: needs 2.31\n");
    expect(cli.out).toContain("\n  2.30 fails\n    missing: pause-task: no such operation (1 exchange: 3)\n");
    expect(cli.out).toMatch(/\ndocumented: no release does\n/);
  });

  it("puts several journals together and names exchanges by their file", async () => {
    const files = [
      await journalOf(await client({ pauses: false }), "one.json"),
      await journalOf(await client({ pauses: true }), "two.json"),
    ];
    expect(await runCli(["compat", ...files])).toBe(0);
    expect(cli.out).toMatch(/^5 exchanges judged\n/);
    expect(cli.out).toContain(`missing: pause-task: no such operation (1 exchange: ${files[1]}#3)`);
  });

  it.each<[release: string, flags: readonly string[], code: number, complaint: RegExp]>([
    ["2.31", [], 0, /^$/],
    ["v2.33.1", [], 0, /^$/],
    [
      "2.30",
      [],
      1,
      /^2\.30 wire would not do: not every request is taken\. The smallest that would is 2\.31\.\n$/,
    ],
    ["2.30", ["--requests-only"], 1, /smallest that would is 2\.31/],
    ["2.34", ["--profile", "documented"], 1, /^2\.34 documented would not do: .* No release would\.\n$/],
  ])("with --require %s %j ends with %i", async (release, flags, code, complaint) => {
    const file = await journalOf(await client({ pauses: true }), "journal.json");
    expect(await runCli(["compat", file, "--require", release, ...flags])).toBe(code);
    expect(cli.err).toMatch(complaint);
    expect(cli.out).toContain("needs 2.31");
  });

  it("lets answers differ when only requests count", async () => {
    const file = await journalOf(await client({ pauses: false }), "journal.json");
    const call = ["compat", file, "--require", "2.30", "--profile", "documented"];
    expect(await runCli(call)).toBe(1);
    expect(cli.err).toContain("not every answer could be the same");
    expect(await runCli([...call, "--requests-only"])).toBe(0);
  });

  it("asks of each journal what it was recorded as, when they are of several profiles", async () => {
    const files = [];
    for (const profile of ["documented", "wire"] as const) {
      const mock = startAdminEngine({ contracts, profile });
      await createTask(mock);
      files.push(await journalOf(mock, `${profile}.json`));
    }
    expect(await runCli(["compat", ...files, "--require", "2.30"])).toBe(0);
    expect(cli.err).toBe("");
    expect(await runCli(["compat", ...files, "--require", "2.30", "--profile", "wire"])).toBe(1);
    expect(cli.err).toMatch(/^2\.30 wire would not do: not every answer could be the same/);
  });

  it("says of no release that it does when nothing could be judged", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.api("GET", "/nothing");
    expect(await runCli(["compat", await journalOf(mock, "lost.json")])).toBe(0);
    expect(cli.out).toBe(
      [
        "0 exchanges judged; not judged: 1 that no release takes",
        "",
        "mistakes of the client, whatever the release",
        "    missing: GET /api/v2/nothing is no operation (1 exchange: 1)",
        "",
        "Nothing was judged, so no release is known to do.",
        "",
      ].join("\n"),
    );
  });

  it("keeps to its lines and to plain text, whatever a journal holds", async () => {
    const mock = await client({ pauses: false });
    const { body } = await mock.admin("GET", "/requests?format=journal");
    body.exchanges[0].path = "/api/v2/\u001b[31mred\n  2.30 fits";
    body.exchanges[0].outcome = "no-match";
    body.exchanges[0].id = "\u0007";
    expect(await runCli(["compat", await cli.written("odd.json", body)])).toBe(0);
    expect(cli.out).toContain(
      "missing: POST /api/v2/\\u{1b}[31mred\\u{a}  2.30 fits is no operation (1 exchange: \\u{7})\n",
    );
  });

  it("does not take an empty journal for a proof", async () => {
    const file = await journalOf(startAdminEngine({ contracts }), "empty.json");
    expect(await runCli(["compat", file, "--require", "2.34"])).toBe(1);
    expect(cli.err).toBe("Nothing shows that 2.34 wire would do: no exchange was judged.\n");
  });

  it.each<[args: readonly string[], complaint: RegExp]>([
    [[], /^There is no journal to judge/],
    [["nowhere.json"], /^nowhere\.json: expected a journal file.*ENOENT/],
    [["nowhere.json", "--format", "xml"], /^--format is "xml"; expected one of text, json\.$/],
    [
      ["nowhere.json", "--require", "2.29"],
      /^--require is "2\.29"; expected one of 2\.30, 2\.31, 2\.34, or a Coder/,
    ],
    [
      ["nowhere.json", "--require", "2.31", "--profile", "x"],
      /^--profile is "x"; expected one of documented, wire\.$/,
    ],
    [["nowhere.json", "--requires", "2.31"], /^Unknown flag --requires\. Did you mean "--require"\?$/],
  ])("%j ends with 2 and says how to mend it", async (args, complaint) => {
    expect([await runCli(["compat", ...args]), cli.out]).toEqual([2, ""]);
    expect(cli.err.trimEnd()).toMatch(complaint);
  });
});
