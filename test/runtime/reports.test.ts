import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveMock } from "../support/served-mock.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}

const files = [
  "compatibility.json",
  "coverage.html",
  "coverage.json",
  "coverage.junit.xml",
  "journal.json",
  "violations.json",
];

describe("the reports of a server", () => {
  it("are all there when it is closed, also when nothing was asked", async () => {
    {
      await using _ = await serveMock({ "report-dir": folder });
      expect(Object.keys(written())).toEqual([]);
    }
    const reports = written();
    expect(Object.keys(reports)).toEqual(files);
    expect(JSON.parse(reports["journal.json"] ?? "")).toEqual([]);
    expect(JSON.parse(reports["violations.json"] ?? "")).toMatchObject({ total: 0 });
    expect(JSON.parse(reports["compatibility.json"] ?? "")).toMatchObject({ judged: 0 });
  });

  it("take the place of those of an earlier run", async () => {
    for (const colour of ["crimson", "blue"]) {
      await using mock = await serveMock({ "report-dir": folder });
      await fetch(`${mock.url}/api/v2/tasks?colour=${colour}`, {
        headers: { "Coder-Session-Token": "API_KEY" },
      });
    }
    const { "violations.json": violations = "", "journal.json": journal = "" } = written();
    expect(JSON.parse(violations)).toMatchObject({ total: 1, violations: [{ received: '"blue"' }] });
    expect(journal).toContain("blue");
    expect(journal).not.toContain("crimson");
  });

  it("hold no token, wherever one came in, nor the admin token", async () => {
    const secrets: string[] = ["the-admin-token-of-this-test"];
    {
      await using mock = await serveMock({
        "report-dir": folder,
        "admin-token": secrets.join(""),
        requests: "warn",
      });
      const token = mock.mock.signIns()[0]?.token ?? "";
      secrets.push(token);
      const agents = [...mock.mock.host.world.tables.workspaces.values()].flatMap(({ builds }) =>
        builds.flatMap(({ agent }) => (agent === undefined ? [] : [agent.token])),
      );
      secrets.push(...agents);
      const tasks = `${mock.url}/api/v2/tasks`;
      const authorization = `Bearer ${secrets[0]}`;
      await fetch(`${tasks}?coder_session_token=${token}`);
      await fetch(`${tasks}?q=${token}&access_token=${token}`, { headers: { authorization } });
      await fetch(`${tasks}/me/${token}`, { headers: { Cookie: `coder_session_token=${token}` } });
      await fetch(`${tasks}/me`, {
        method: "POST",
        headers: { "Coder-Session-Token": token, "Content-Type": "application/json" },
        body: JSON.stringify({ input: { token }, name: token, [token]: authorization }),
      });
      const snapshot = `${mock.url}/api/v2/workspaceagents/me/tasks/x/log-snapshot?format=${agents[0]}`;
      await fetch(snapshot, { method: "POST", headers: { "Coder-Session-Token": agents[0] ?? "" } });
    }
    const reports = written();
    expect(Object.keys(reports)).toEqual(files);
    expect(secrets.length).toBeGreaterThan(2);
    for (const [file, text] of Object.entries(reports)) {
      const found = secrets.filter((secret) => text.includes(secret));
      expect([file, found]).toEqual([file, []]);
    }
  });

  it("that cannot be written are told with file and reason, and the others are written", async () => {
    const mock = await serveMock({ "report-dir": folder });
    for (const file of ["coverage.json", "journal.json"]) mkdirSync(join(folder, file));
    await expect(mock[Symbol.asyncDispose]()).rejects.toMatchObject({
      name: "StartError",
      message: expect.stringMatching(
        /^The report .*journal\.json could not be written: EISDIR.*\nThe report .*coverage\.json could not be written: EISDIR/,
      ),
    });
    expect(readdirSync(folder)).toEqual(files);
    expect(readFileSync(join(folder, "coverage.html"), "utf8")).not.toBe("");
  });

  it("are no concern of a reset, even when their folder is gone", async () => {
    const gone = join(folder, "gone");
    const mock = await serveMock({ "report-dir": gone });
    rmSync(gone, { recursive: true });
    await fetch(`${mock.url}/api/v2/tasks`, { headers: { "Coder-Session-Token": "API_KEY" } });
    expect((await fetch(`${mock.url}/__admin/reset`, { method: "POST" })).status).toBe(200);
    expect(mock.mock.host.requests).toBe(0);
    await expect(mock[Symbol.asyncDispose]()).rejects.toThrow(
      /^The report .*journal\.json could not be written: ENOENT/,
    );
  });
});
