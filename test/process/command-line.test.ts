import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { packageVersion } from "../../src/runtime/package-root.ts";

let out = "";
let err = "";
beforeEach(() => {
  out = "";
  err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("a wrong call ends with 2 and one line for each mistake, which says how to mend it", () => {
  it.each<[args: readonly string[], lines: readonly RegExp[]]>([
    [["--prot", "80"], [/^Unknown flag --prot\b.*[Dd]id you mean "--port"/]],
    [["--scenaro=x"], [/--scenaro\b.*[Dd]id you mean "--scenario"/]],
    [["--colour-of-the-sky"], [/^Unknown flag --colour-of-the-sky\. See/]],
    [["-x"], [/-x/]],
    [["--port"], [/^Option .*--port.*argument missing\. See/]],
    [["--no-admin=true"], [/^Option .*--no-admin.* argument\. See/]],
    [["serv"], [/^Unknown command "serv".*[Dd]id you mean "serve"/]],
    [["serve", "extra"], [/^Unexpected argument .extra.\..*arguments\. See/]],
    [["validate", "--scenario", "x"], [/^Unknown flag --scenario/]],
    [["--port", "http"], [/^--port is "http"; expected a whole number from 0 to 65535\.$/]],
    [["--port", "65536"], [/65536/]],
    [["--port", "-1"], [/--port/]],
    [["--port="], [/^--port is ""; expected/]],
    [["--speed", "0"], [/^--speed is "0"; expected a number above 0 and up to 10000\.$/]],
    [["--speed", "1e3"], [/"1e3"/]],
    [["--clock", "fast"], [/^--clock is "fast"; expected one of real, manual\.$/]],
    [["--cors", "example.com"], [/^--cors is "example\.com"; expected off, loopback, any, or origins/]],
    [["--cors", "https://a.example/,https://b.example"], [/^--cors/]],
    [
      ["--revision", "2.29"],
      [/^--revision is "2\.29"; expected one of 2\.30, 2\.31, 2\.34, or a Coder release/],
    ],
    [
      ["--auth", "no", "--requests", "maybe", "--log-level", "loud", "--profile", "x"],
      [/^--profile/, /^--auth.*strict, any/, /^--requests.*enforce, warn, off/, /^--log-level.*silent/],
    ],
    [["--scenario", "defualt", "--port", "0"], [/^There is no scenario "defualt".*default.*empty/]],
    [["--scenario", "./nowhere.yaml", "--port", "0"], [/nowhere\.yaml/]],
    [["--host", "203.0.113.1", "--port", "0", "--scenario", "empty"], [/203\.0\.113\.1.*--host/]],
    [["spec", "--revision", "1.0"], [/1\.0/]],
    [["spec", "--profile", "paper"], [/paper.*documented.*wire/]],
    [["spec", "--format", "xml"], [/xml.*yaml.*json/]],
  ])("%j", async (args, lines) => {
    expect([await runCli(args), out]).toEqual([2, ""]);
    const told = err.replace(/\n$/, "").split("\n");
    expect(told).toEqual(lines.map((line) => expect.stringMatching(line)));
  });

  it("names the variable when the value came from one", async () => {
    vi.stubEnv("CODER_TASKS_MOCK_CLOCK", "sundial");
    vi.stubEnv("PORT", "eighty");
    expect(await runCli([])).toBe(2);
    expect(err).toMatch(
      /^PORT is "eighty"; expected .*\nCODER_TASKS_MOCK_CLOCK is "sundial"; expected one of real, manual\.\n$/,
    );
  });
});

describe("a scenario file", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "scenarios-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function written(name: string, content: string): Promise<string> {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  }

  const task = "  - { name: one, owner: olga, template: web-agent, prompt: Go }\n";
  const fine = `description: Fine\nusers: [olga]\ntemplates: [web-agent]\ndefault_user: olga\ntasks:\n${task}`;

  it.each<[what: string, content: string, findings: readonly RegExp[]]>([
    ["is no YAML", "tasks: [", [/:\d+:\d+ /]],
    ["has an unknown key", `${fine}colour: red\n`, [/:7:\d+ \/colour? .*colour/]],
    [
      "has two mistakes",
      "description: Bad\ntasks:\n  - { name: -x-, owner: olga }\n  - { name: y, owner: olga, template: web-agent, stage: asleep }\n",
      [/:3:\d+ \/tasks\/0\S* .*template/, /:4:\d+ \/tasks\/1\/stage "asleep"/],
    ],
    [
      "names somebody unknown",
      fine.replace("owner: olga", "owner: nobody"),
      [/:6:\d+ \/tasks\/0\/owner .*nobody/],
    ],
  ])("that %s is told with file, line and pointer, a finding a line", async (_, content, findings) => {
    const file = await written("broken.yaml", content);
    expect([await runCli(["--port", "0", "--scenario", file]), out]).toEqual([2, ""]);
    const lines = err.trimEnd().split("\n");
    for (const line of lines) expect(line.startsWith(`${file}:`)).toBe(true);
    for (const finding of findings) expect(lines).toContainEqual(expect.stringMatching(finding));
    expect(await runCli(["validate", file])).toBe(1);
    expect(out.startsWith(err)).toBe(true);
    expect(out.slice(err.length)).toMatch(new RegExp(`^\\d checked, ${lines.length} findings?\n$`));
  });

  it("without mistakes ends with 0", async () => {
    const file = await written("fine.yaml", fine);
    expect([await runCli(["validate", file]), out, err]).toEqual([0, "1 checked, 0 findings\n", ""]);
  });

  it("may have a name like a flag, behind --", async () => {
    expect(await runCli(["validate", "--", "--nowhere.yaml"])).toBe(1);
    expect([out, err]).toEqual([expect.stringMatching(/^--nowhere\.yaml there is no such file/), ""]);
  });

  it("that is not there ends with 1 when it was to be checked", async () => {
    expect(await runCli(["validate", join(folder, "none.yaml")])).toBe(1);
    expect(out).toMatch(/none\.yaml/);
  });
});

describe("a call for help ends with 0", () => {
  it.each([
    [["--help"], /^coder-tasks-mock: .*--port NUMBER/s],
    [["-h"], /--scenario NAME\|PATH/],
    [["help"], /Exit codes/],
    [["serve", "--help"], /CODER_TASKS_MOCK_PORT/],
    [["spec", "-h"], /--format yaml\|json/],
    [["validate", "--help"], /file:line:column/],
    [["scenarios", "--help"], /Usage: coder-tasks-mock scenarios/],
  ])("%j", async (args, says) => {
    expect([await runCli(args), err]).toEqual([0, ""]);
    expect(out).toMatch(says);
  });

  it.each(["--version", "-v", "version"])("%s", async (flag) => {
    expect([await runCli([flag]), out, err]).toEqual([0, `${packageVersion()}\n`, ""]);
  });

  it("scenarios lists the names that --scenario takes", async () => {
    expect([await runCli(["scenarios"]), err]).toEqual([0, ""]);
    expect(out).toMatch(/^default +\S.*$/m);
    expect(out).toMatch(/^empty +\S.*$/m);
  });
});

describe("spec prints each of the six contracts", () => {
  const contracts = ["2.30", "2.31", "2.34"].flatMap((revision) => [
    [revision, "documented"] as const,
    [revision, "wire"] as const,
  ]);
  it.each(contracts)("%s %s", async (revision, profile) => {
    expect(await runCli(["spec", "--revision", revision, "--profile", profile, "--format", "json"])).toBe(0);
    const document = JSON.parse(out);
    expect([document.openapi, document.info.version, document.info["x-profile"]]).toEqual([
      "3.1.0",
      revision,
      profile,
    ]);
    expect(out).toMatch(/\}\n$/);
  });

  it("as YAML when nothing else is asked for", async () => {
    expect(await runCli(["spec"])).toBe(0);
    expect(out).toMatch(/^openapi: 3\.1\.0\n/);
  });
});
