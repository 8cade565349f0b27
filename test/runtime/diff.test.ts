import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { capturedCli } from "../support/captured-cli.ts";

const cli = capturedCli();

const old = `openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /things/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: q, in: query, schema: { type: string } }
      responses:
        "200": { description: Fine }
`;

describe("diff", () => {
  it("lists what has changed from revision to revision, with the places", async () => {
    expect(await runCli(["diff", "2.30", "2.34"])).toBe(0);
    expect(cli.out).toMatch(/^2\.30 documented -> 2\.34 documented: 6 changes, 0 breaking\n\nnot breaking\n/);
    expect(cli.out).toContain("  request POST /tasks/{user}/{task}/pause is new (nobody calls it yet)\n");
    expect(cli.out).toMatch(
      /\n {2}response property snapshot is new .*\n {6}GET \/tasks\/\{user\}\/\{task\}\/logs {2}status 200 {2}\/snapshot\n/,
    );
    expect(cli.out).toMatch(
      /enum is narrower: "complete", "failed", "failure", .* -> "complete", "failed", "idle"/,
    );
  });

  it("takes any Coder release for the revision that it means, in any profile", async () => {
    expect(await runCli(["diff", "v2.33.0", "2.31", "--profile", "wire"])).toBe(0);
    expect(cli.out).toBe("2.31 wire -> 2.31 wire: 0 changes, 0 breaking\n");
  });

  it("compares OpenAPI files, YAML or JSON, and fails on what breaks clients when it is told to", async () => {
    const before = await cli.written("old.yaml", old);
    const after = await cli.written(
      "new.json",
      JSON.stringify({
        openapi: "3.1.0",
        paths: {
          "/things/{thing}": {
            get: {
              parameters: [
                { name: "thing", in: "path", required: true, schema: { type: "string" } },
                { name: "q", in: "query", required: true, schema: { type: "string" } },
              ],
              responses: { "200": { description: "Fine" } },
            },
          },
        },
      }),
    );
    expect(await runCli(["diff", before, after])).toBe(0);
    expect(await runCli(["diff", after, before, "--fail-on-breaking"])).toBe(0);
    cli.out = "";
    expect(await runCli(["diff", before, after, "--fail-on-breaking", "--format", "json"])).toBe(1);
    expect(JSON.parse(cli.out)).toEqual({
      before,
      after,
      breaking: 1,
      changes: [
        {
          kind: "became-required",
          side: "request",
          subject: "query parameter q",
          before: "optional",
          after: "required",
          breaking: true,
          reason: "requests without it are refused",
          places: [{ operation: "GET /things/{id}", part: "query parameter q", pointer: "" }],
        },
      ],
    });
  });

  it("compares a revision with a file", async () => {
    expect(await runCli(["diff", "2.34", await cli.written("old.yaml", old), "--fail-on-breaking"])).toBe(1);
    expect(cli.out).toContain("request GET /tasks is gone");
  });

  it.each<[args: readonly string[], complaint: RegExp]>([
    [[], /^diff compares two documents, not 0/],
    [["2.30"], /^diff compares two documents, not 1/],
    [["2.30", "2.31", "2.34"], /^diff compares two documents, not 3/],
    [
      ["2.29", "2.30"],
      /^2\.29: expected a revision \(2\.30, 2\.31, 2\.34, or a Coder release from 2\.30 on\) or an OpenAPI file: ENOENT/,
    ],
    [["2.30", "2.31", "--profile", "x"], /^--profile is "x"; expected one of documented, wire\.$/],
    [["2.30", "2.31", "--format", "x"], /^--format is "x"; expected one of text, json\.$/],
    [["2.30", "2.31", "--fail"], /^Unknown flag --fail\./],
  ])("%j ends with 2 and says how to mend it", async (args, complaint) => {
    expect([await runCli(["diff", ...args]), cli.out]).toEqual([2, ""]);
    expect(cli.err.trimEnd()).toMatch(complaint);
  });

  it.each<[content: string, complaint: RegExp]>([
    ["a: [", /:\d+:\d+ .*not valid YAML/],
    ["- a", /expected an OpenAPI document, a mapping at the top/],
    [
      "swagger: '2.0'\npaths: {}",
      /The document cannot be compared: must be OpenAPI 3\.0 or 3\.1, but its version is "2\.0"/,
    ],
    [old.replace("{ type: string }", "{ $ref: 'other.yaml' }"), /"other\.yaml" leads out of it; bundle it/],
  ])("a file with %j is refused by its name", async (content, complaint) => {
    const file = await cli.written("bad.yaml", content);
    expect([await runCli(["diff", "2.34", file]), cli.out]).toEqual([2, ""]);
    expect(cli.err.startsWith(file)).toBe(true);
    expect(cli.err.trimEnd()).toMatch(complaint);
  });
});
