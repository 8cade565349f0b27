import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outcomeOf, startTestMock, type TestFlags, type TestMock } from "../support/test-mock.ts";
import { largeDocument } from "./large-document.ts";

const groups = join(import.meta.dirname, "groups.swagger.yaml");
const templates = join(import.meta.dirname, "templates.openapi-3.0.yaml");
const group = "6f1a0b6e-9c52-4b5f-9a55-0d1f0f7a6c11";

let folder: string;
let large: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "extend-"));
  large = join(folder, "large.json");
  writeFileSync(large, JSON.stringify(largeDocument()));
});

afterAll(() => rmSync(folder, { recursive: true }));

const extended = (flags: TestFlags = {}) =>
  startTestMock({ extend: [groups, templates, large].join(","), ...flags });

describe("a mock that is extended with documents", () => {
  let mock: TestMock;

  beforeAll(async () => {
    mock = await extended();
  });

  test.each([
    ["GET", "/api/v2/groups", 200, [{ id: group, name: "platform", quota_allowance: 5, members: [] }]],
    ["GET", "/api/v2/groups?status=active&status=dormant&tag=1,2&limit=5", 200, expect.any(Array)],
    ["DELETE", `/api/v2/groups/${group}`, 204, undefined],
    ["GET", "/api/v2/blueprints", 200, []],
    ["GET", "/api/v2/blueprints?filter[owner]=me&ids=a|b", 200, []],
    ["GET", `/api/large/kind-7s/${group}`, 200, expect.objectContaining({ name: expect.any(String) })],
    ["GET", "/api/large/kind-59s", 200, expect.any(Array)],
  ] as const)("answers %s %s with %i", async (method, path, status, body) => {
    const answer = await mock.ask(method, path);
    expect([answer.status, outcomeOf(answer), answer.body]).toEqual([status, "fallback", body]);
    expect(answer.headers["x-mock-violations"]).toBeUndefined();
  });

  test("makes up a plain answer that fits where there is no example, or only a wrong one", async () => {
    const made = await mock.ask("GET", `/api/v2/groups/${group}`);
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      members: expect.any(Array),
    });
    const wrong = await mock.ask("GET", "/api/v2/blueprints/1");
    expect([wrong.status, typeof wrong.body.id]).toEqual([200, "number"]);
    expect((await mock.ask("GET", "/api/v2/blueprints/1")).text).toBe(wrong.text);
  });

  test("writes what the client accepts", async () => {
    const { headers, text } = await mock.ask("GET", "/api/v2/blueprints/1", {
      headers: { Accept: "text/csv" },
    });
    expect([headers["content-type"], text]).toEqual(["text/csv; charset=utf-8", "id,name\n1,docker"]);
  });

  test("takes preferences", async () => {
    const one = await mock.ask("GET", "/api/v2/blueprints?__example=one");
    expect(one.body).toEqual([{ id: 1, name: "docker", max_ttl: null, kind: "container", owner: null }]);
    const teapot = await mock.ask("GET", "/api/v2/blueprints/1?__code=418");
    expect([teapot.status, Object.keys(teapot.body)]).toEqual([418, ["message"]]);
    const bodiless = await mock.ask("PATCH", "/api/v2/blueprints/1?__code=204", { body: {} });
    expect([bodiless.status, bodiless.body.detail]).toEqual([404, "It has 200, default."]);
    const named = await mock.ask("GET", "/api/v2/blueprints?__example=broken");
    expect([named.status, outcomeOf(named)]).toEqual([500, "contract-response"]);
  });

  test("asks for a token as the API does", async () => {
    const answer = await mock.ask("GET", "/api/v2/groups", { as: "nobody" });
    expect([answer.status, outcomeOf(answer), Object.keys(answer.body)]).toEqual([
      401,
      "refused",
      ["message", "detail"],
    ]);
  });

  test.each([
    ["GET", "/api/v2/groups?limit=101", undefined, "query/limit"],
    ["GET", "/api/v2/groups?status=idle", undefined, "query/status/0"],
    ["GET", "/api/v2/groups/no-uuid", undefined, "path/group"],
    ["POST", "/api/v2/groups", { name: "A" }, "body/name"],
    ["POST", "/api/v2/groups", { name: "a", quota_allowance: 0 }, "body/quota_allowance"],
    ["PATCH", "/api/v2/blueprints/1", { max_ttl: 0 }, "body/max_ttl"],
    ["POST", "/api/large/kind-1s", { name: "" }, "body/name"],
  ] as const)("refuses %s %s with %j, which breaks its contract", async (method, path, body, field) => {
    const answer = await mock.ask(method, path, body === undefined ? {} : { body });
    expect([answer.status, outcomeOf(answer)]).toEqual([400, "contract-request"]);
    expect(answer.body.validations.map((one: { readonly field: string }) => one.field)).toContain(field);
  });

  test("takes forms and files as they come", async () => {
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    const sent = await mock.ask("POST", "/api/v2/files", { headers, body: "--x--" });
    expect([sent.status, sent.headers["x-mock-violations"]]).toEqual([201, undefined]);
    const form = await mock.ask("PATCH", "/api/v2/blueprints/1", {
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "name=a",
    });
    expect([form.status, form.headers["x-mock-violations"]]).toEqual([200, undefined]);
    const file = await mock.ask("GET", "/api/v2/files/a");
    expect([file.status, file.headers["content-type"]]).toEqual([
      200,
      "application/octet-stream; charset=utf-8",
    ]);
  });

  test("takes a null where a document of before 3.1 calls it nullable", async () => {
    const answer = await mock.ask("PATCH", "/api/v2/blueprints/1", { body: { max_ttl: null, name: "any" } });
    expect([answer.status, outcomeOf(answer)]).toEqual([200, "fallback"]);
  });

  test("answers itself what it has itself, and says so when it starts", async () => {
    const tasks = await mock.ask("GET", "/tasks");
    expect(outcomeOf(tasks)).toBe("handled");
    expect(mock.log.filter((line) => line.includes("answered by what comes before"))).toEqual([
      expect.stringContaining("these are answered by what comes before it: GET /api/v2/tasks."),
    ]);
  });

  test("knows which methods a path has, and which paths there are not", async () => {
    const method = await mock.ask("PUT", "/api/v2/groups");
    expect([method.status, method.headers["allow"]]).toEqual([405, "GET, POST"]);
    expect((await mock.ask("GET", "/api/v2/nothing")).status).toBe(404);
  });

  test("keeps journals and worlds apart as ever", async () => {
    const answer = await mock.ask("GET", "/api/v2/groups");
    const { body } = await mock.ask("GET", `/__admin/requests/${answer.headers["x-mock-request-id"]}`, {
      as: "nobody",
    });
    expect(body).toMatchObject({ operation: "list-groups", outcome: "fallback", status: 200 });
  });
});

describe("generated answers under --extend-dynamic", () => {
  test("fit the contract of each document", async () => {
    const mock = await extended({ "extend-dynamic": true, requests: "off" });
    const paths = [
      "/api/v2/groups",
      `/api/v2/groups/${group}`,
      "/api/v2/blueprints",
      "/api/v2/blueprints/1",
      "/api/large/kind-11s",
      `/api/large/kind-11s/${group}`,
    ];
    for (const path of paths) {
      const answer = await mock.ask("GET", path);
      expect([path, answer.status, outcomeOf(answer)]).toEqual([path, 200, "fallback"]);
    }
  }, 30_000);

  test("differ from request to request and repeat from the seed", async () => {
    const texts = async () => {
      const mock = await extended({ "extend-dynamic": true });
      const path = `/api/large/kind-3s/${group}`;
      return [(await mock.ask("GET", path)).text, (await mock.ask("GET", path)).text];
    };
    const [first, second] = await texts();
    expect(second).not.toBe(first);
    expect(await texts()).toEqual([first, second]);
  }, 30_000);

  test("give way to examples for a request that prefers them", async () => {
    const mock = await extended({ "extend-dynamic": true });
    const answer = await mock.ask("GET", "/api/v2/groups", { headers: { Prefer: "dynamic=false" } });
    expect(answer.body).toEqual([expect.objectContaining({ id: group })]);
  });
});

describe("a document that cannot be taken", () => {
  test.each([
    ["is not there", undefined, /^--extend: .*file.yaml cannot be read: ENOENT/],
    ["is no document", "[]", /file.yaml holds no mapping. Expected an OpenAPI document.$/],
    ["has another version", "openapi: 4.0.0", /file.yaml is no document to extend with. Expected/],
    ["is no YAML", "a: [", /file.yaml:1:5 the file is not valid YAML/],
    [
      "has a schema keyword that is not known",
      "swagger: '2.0'\npaths: {}\ndefinitions:\n  A:\n    type: string\n    maxlength: 5\n",
      /file.yaml:6:16: Bad schema at #\/components\/schemas\/A\/maxlength: the schema keyword "maxlength" is not known.$/,
    ],
    [
      "has a schema that never ends",
      "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    A: { allOf: [{ $ref: '#/components/schemas/B' }] }\n    B: { $ref: '#/components/schemas/A' }\n",
      /file.yaml:5:8: Bad schema at #\/components\/schemas\/A: it refers to itself without a step into its value.$/,
    ],
    [
      "refers to another file",
      "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '200': { $ref: other.yaml }\n",
      /file.yaml:6:16: Bad document at #\/paths\/~1a\/get\/responses\/200: "other.yaml" points at nothing/,
    ],
    [
      "keeps a path in another file",
      "openapi: 3.1.0\npaths:\n  /a: { $ref: other.yaml }\n",
      /file.yaml:3:7: Bad document at #\/paths\/~1a: "other.yaml" points at nothing/,
    ],
    [
      "keeps a path in another file, as Swagger",
      "swagger: '2.0'\npaths:\n  /a: { $ref: other.yaml }\n",
      /file.yaml:3:7: Bad document at #\/paths\/~1a: "other.yaml" points at nothing/,
    ],
    [
      "has a path that is itself",
      "openapi: 3.1.0\npaths:\n  /a: { $ref: '#/paths/~1a' }\n",
      /file.yaml:3:7: Bad document at #\/paths\/~1a: the reference leads back to itself/,
    ],
    [
      "has an operation that is none",
      "openapi: 3.1.0\npaths:\n  /a: { get: everything }\n",
      /file.yaml:3:14: Bad document at #\/paths\/~1a\/get: must be an object/,
    ],
    [
      "has an operation that is none, as Swagger",
      "swagger: '2.0'\npaths:\n  /a: { get: everything }\n",
      /file.yaml:3:14: Bad document at #\/paths\/~1a\/get: must be an object/,
    ],
    [
      "has a schema of a response that never ends",
      "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: Fine\n          content: { text/json: {}, application/json: { schema: { $ref: '#/paths/~1a/get/responses/200/content/application~1json/schema' } } }\n",
      /file.yaml:8:\d+: Bad schema at #\/paths\/~1a\/get\/responses\/200\/content\/application~1json\/schema: it refers to itself/,
    ],
    [
      "holds itself",
      "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    A: &a { type: object, properties: { a: *a } }\n",
      /file.yaml is nested too deeply, or holds itself\.$/,
    ],
    [
      "is nested deeper than anything that is meant",
      `{"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"A": ${'{"not": '.repeat(20_000)}{}${"}".repeat(20_000)}}}}`,
      /file.yaml is nested too deeply, or holds itself\.$/,
    ],
  ])("because it %s stops the start with file and place", async (_, text, message) => {
    const file = join(folder, "file.yaml");
    if (text === undefined) rmSync(file, { force: true });
    else writeFileSync(file, text);
    await expect(startTestMock({ extend: file })).rejects.toThrow(message);
    await expect(startTestMock({ extend: file })).rejects.toHaveProperty("name", "StartError");
  });
});
