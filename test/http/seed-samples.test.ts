import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profiles, type Revision, revisions } from "../../src/domain/revision.ts";
import { readConfig } from "../../src/runtime/config.ts";
import { type RunningServer, startServer } from "../../src/runtime/server/start-server.ts";
import { assets } from "../support/assets.ts";
import { type Method, methods } from "../support/http-client.ts";
import { outcomeOf, startTestMock, TestMock } from "../support/test-mock.ts";

/** A curl command of the published pages, with the body and the status that stand below it. */
interface Sample {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly status: number;
  readonly operation: string;
}

const prefix = "http://coder-server:8080";

function samplesOf(revision: Revision): readonly Sample[] {
  const text = readFileSync(new URL(`seed-samples/${revision}.txt`, import.meta.url), "utf8");
  return text
    .trim()
    .split(/\n{2,}/)
    .map(parseSample);
}

function parseSample(block: string): Sample {
  const [, verb, url = ""] = /^curl -X (\S+) (\S+)/.exec(block) ?? [];
  const method = methods.find((candidate) => candidate === verb);
  const status = Number(/^status (\d{3})$/m.exec(block)?.[1]);
  if (method === undefined || !url.startsWith(`${prefix}/`) || Number.isNaN(status)) {
    throw new Error(`This is no sample:\n${block}`);
  }
  const headers = [...block.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  return {
    method,
    url,
    headers: Object.fromEntries(headers),
    body: /^body (.+)$/m.exec(block)?.[1],
    status,
    operation: `${method} ${url.slice(`${prefix}/api/v2`.length).replace(/\?.*/, "")}`,
  };
}

/** For each operation on a task one that it is allowed on, each another, so that the order does not matter. */
const fittingTasks: Readonly<Record<string, string>> = {
  "GET /tasks/{user}/{task}": "image-uploads",
  "DELETE /tasks/{user}/{task}": "upgrade-router",
  "PATCH /tasks/{user}/{task}/input": "cache-headers",
  "GET /tasks/{user}/{task}/logs": "dark-mode",
  "POST /tasks/{user}/{task}/pause": "csv-import",
  "POST /tasks/{user}/{task}/resume": "report-query",
  "POST /tasks/{user}/{task}/send": "fix-login-tests",
  "POST /workspaceagents/me/tasks/{task}/log-snapshot": "dark-mode",
};

/** Puts ids of the scenario in the places that a reader of the pages would fill in. */
function filledIn(sample: Sample, on: TestMock): Sample {
  const name = fittingTasks[sample.operation];
  const task = name === undefined ? "" : on.id(name);
  const isAgents = sample.operation.includes("/workspaceagents/");
  const headers = isAgents
    ? { ...sample.headers, "Coder-Session-Token": on.agentToken(name ?? "") }
    : sample.headers;
  const url = sample.url.replace("{user}", "me").replace("{task}", task);
  return { ...sample, url, headers, body: filledBody(sample.body, on) };
}

function filledBody(body: string | undefined, on: TestMock): string | undefined {
  const version = on.version("web-agent");
  return body
    ?.replace(/(?<="template_version_id":")[^"]+/, version.id)
    .replace(/(?<="template_version_preset_id":")[^"]+/, version.presets[0]?.id ?? "")
    .replace(/^\{\}$/, '{"messages":[]}');
}

describe("every curl sample of the published pages", () => {
  let on: TestMock;
  beforeAll(async () => {
    on = await startTestMock();
  });

  const contracts = revisions.flatMap((revision) => profiles.map((profile) => ({ revision, profile })));
  describe.each(contracts)("of revision $revision, in profile $profile", ({ revision, profile }) => {
    it.each(samplesOf(revision).map((sample) => [sample.operation, sample] as const))(
      "%s",
      async (_, sample) => {
        on.reset({ revision, profile });
        const { method, url, headers, body, status } = filledIn(sample, on);
        const path = url.slice(prefix.length);
        const answer = await on.ask(method, path, {
          as: "nobody",
          headers,
          ...(body === undefined ? {} : { body }),
        });
        expect({
          status: answer.status,
          outcome: outcomeOf(answer),
          text: answer.status < 300 ? "" : answer.text,
        }).toEqual({
          status,
          outcome: "handled",
          text: "",
        });
        expect(answer.headers["x-mock-violations"]).toBeUndefined();
        expect(answer.text === "").toBe(status === 204 || sample.operation.startsWith("DELETE"));
      },
    );
  });

  it("leaves out none of the operations", () => {
    expect(
      revisions.map((revision) => new Set(samplesOf(revision).map(({ operation }) => operation)).size),
    ).toEqual([8, 10, 10]);
  });
});

describe("with curl itself, against a listening server", () => {
  let server: RunningServer;
  beforeAll(async () => {
    const read = readConfig({ flags: { clock: "manual", port: "0" }, environment: {} });
    if (!read.ok) throw new Error(read.complaints.join("\n"));
    server = await startServer(read.config, { assets, write: () => undefined });
  });
  afterAll(() => server.close());

  it("every sample gives its status", async () => {
    const { port } = new URL(server.url);
    const on = new TestMock(server.mock, [], Number(port));
    const run = promisify(execFile);
    const ran = samplesOf("2.34").map(async (sample) => {
      const { method, url, headers, body, status } = filledIn(sample, on);
      const { stdout } = await run("curl", [
        ...["-sS", "--resolve", `coder-server:${port}:127.0.0.1`, "-o", "/dev/null"],
        ...["-w", "%{http_code} %header{x-mock-outcome} %header{x-mock-violations}"],
        ...["-X", method, url.replace(":8080", `:${port}`)],
        ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
        ...(body === undefined ? [] : ["-d", body]),
      ]);
      return { asked: sample.operation, got: stdout, expected: `${status} handled ` };
    });
    const results = await Promise.all(ran);
    expect(results.map(({ asked, got }) => [asked, got])).toEqual(
      results.map(({ asked, expected }) => [asked, expected]),
    );
  });
});
