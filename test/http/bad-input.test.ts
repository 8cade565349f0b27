import { beforeAll, describe, expect, it } from "vitest";
import { type Profile, profiles } from "../../src/domain/revision.ts";
import { type CheckPolicy, checkPolicies } from "../../src/engine/policy.ts";
import type { Method } from "../support/http-client.ts";
import { type Asking, outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";
import { type AskedOperation, fittingToken, taskOperations } from "./task-operations.ts";

type Ending = "400 contract-request" | "400 refused" | "done";

/** A body that something is wrong with. */
interface BadBody {
  readonly name: string;
  /** Made from the text of a body that is fine. */
  readonly body: (fine: string) => string | Uint8Array;
  /** `application/json` when left out, none at all for null. */
  readonly contentType?: string | null;
  /** How it ends under `enforce` where the wire shapes end it another way than the documented ones, which refuse all. */
  readonly wire?: Ending;
  /** How it ends where the contract does not decide; the service itself says no unless it is `done`. */
  readonly lenient?: Ending;
  /** What every answer has to mention. */
  readonly says: RegExp;
  /** So large that one operation with and one without a limit of its own have to do. */
  readonly isHeavy?: true;
}

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const twoMegabytes = JSON.stringify({ input: "x".repeat(2 * 1024 * 1024) });
const missing = /required|Template version not found|"messages"/;

const badBodies: readonly BadBody[] = [
  { name: "broken JSON", body: () => '{"input": "a"', says: /line 1, column 14/ },
  { name: "no JSON at all", body: () => "input=a", says: /line 1, column 1|JSON/ },
  { name: "nothing", body: () => "", wire: "400 refused", says: /EOF|expected a JSON body/ },
  { name: "null", body: () => "null", wire: "400 refused", says: /null|required|not found|"messages/ },
  { name: "an array", body: () => "[]", says: /array|received \[\]/ },
  { name: "a text", body: () => '"input"', says: /string|received "input"|received ..input/ },
  {
    name: "values of wrong types",
    body: () => '{"input": 5, "messages": {}, "template_version_id": 5}',
    says: /number|received 5|messages/,
  },
  { name: "no fields", body: () => "{}", wire: "400 refused", says: missing },
  { name: "no UTF-8", body: () => Buffer.from('{"input":"\xff\xfe"}', "latin1"), says: /UTF-8/ },
  { name: "a byte order mark", body: (fine) => `\uFEFF${fine}`, says: /byte order mark/ },
  { name: "2 MB", body: () => twoMegabytes, says: /1048576 bytes|65536 bytes/, isHeavy: true },
  {
    name: "a value 100 levels deep",
    body: () => `{"input":${deep(100)}, "messages":${deep(100)}}`,
    says: /input|messages/,
  },
  { name: "100,000 levels", body: () => deep(100_000), says: /array|received \[|bytes/, isHeavy: true },
  {
    name: "fields in __proto__",
    body: (fine) => `{"__proto__":${fine}}`,
    wire: "400 refused",
    says: missing,
  },
  {
    name: "fields in constructor.prototype",
    body: (fine) => `{"constructor":{"prototype":${fine}}}`,
    wire: "400 refused",
    says: missing,
  },
  {
    name: "another content type",
    body: same,
    contentType: "text/plain",
    wire: "done",
    lenient: "done",
    says: /text\/plain/,
  },
  {
    name: "no content type",
    body: same,
    contentType: null,
    wire: "done",
    lenient: "done",
    says: /content type application\/json/,
  },
  { name: "data behind the value", body: (fine) => `${fine} x`, lenient: "done", says: /end of the body/ },
];

function same(fine: string): string {
  return fine;
}

/** The exceptions of the upload: its documented body is any object, and its wire shape asks for messages by itself. */
const uploadEndings: Readonly<Record<Profile, Readonly<Record<string, Ending>>>> = {
  documented: {
    "no fields": "400 refused",
    "values of wrong types": "400 refused",
    "a value 100 levels deep": "400 refused",
    "fields in __proto__": "400 refused",
    "fields in constructor.prototype": "400 refused",
  },
  wire: {
    null: "400 contract-request",
    "no fields": "400 contract-request",
    "fields in __proto__": "400 contract-request",
    "fields in constructor.prototype": "400 contract-request",
  },
};

function endingOf(
  bad: BadBody,
  at: { operation: AskedOperation; profile: Profile; policy: CheckPolicy },
): Ending {
  if (at.policy !== "enforce") return bad.lenient ?? "400 refused";
  const special = at.operation.takes === "agent" ? uploadEndings[at.profile][bad.name] : undefined;
  return special ?? (at.profile === "wire" ? bad.wire : undefined) ?? "400 contract-request";
}

function askingWith(on: TestMock, operation: AskedOperation, bad: BadBody): Asking {
  const contentType = bad.contentType === undefined ? "application/json" : bad.contentType;
  return {
    token: fittingToken(on, operation),
    body: bad.body(JSON.stringify(operation.body?.(on))),
    ...(contentType === null ? {} : { headers: { "Content-Type": contentType } }),
  };
}

const withBody = taskOperations.filter(({ body }) => body !== undefined);

type At = { readonly profile: Profile; readonly policy: CheckPolicy };

/** Each bad body for each operation that takes one, if it ends in the way that is asked for. */
function pairs(at: At, fits: (ending: Ending) => boolean): readonly (readonly [AskedOperation, BadBody])[] {
  return withBody.flatMap((operation) =>
    badBodies
      .filter((bad) => bad.isHeavy !== true || (operation.task !== undefined && operation.method === "POST"))
      .filter((bad) => fits(endingOf(bad, { ...at, operation })))
      .map((bad) => [operation, bad] as const),
  );
}

function pathOf(on: TestMock, operation: AskedOperation): string {
  return operation.path("me", on.id(operation.task ?? "dark-mode"));
}

describe.each(checkPolicies)("with --requests %s", (policy) => {
  let on: TestMock;
  beforeAll(async () => {
    on = await startTestMock({ requests: policy });
  });

  describe.each(profiles)("in profile %s", (profile) => {
    const at = { profile, policy };
    it("a bad body is answered as it should be, with the reason, and changes nothing", async () => {
      on.reset({ profile });
      const before = await on.everything();
      const { version } = on.mock.host.world;
      const answers: unknown[] = [];
      const expected: unknown[] = [];
      for (const [operation, bad] of pairs(at, (ending) => ending !== "done")) {
        const answer = await on.ask(operation.method, pathOf(on, operation), askingWith(on, operation, bad));
        const ending = `${answer.status} ${outcomeOf(answer)}`;
        const isSaid = typeof answer.body.message === "string" && bad.says.test(answer.text);
        const hasChanged = on.mock.host.world.version !== version;
        answers.push([operation.id, bad.name, ending, isSaid || answer.text, hasChanged]);
        expected.push([operation.id, bad.name, endingOf(bad, { ...at, operation }), true, false]);
      }
      expect(answers).toEqual(expected);
      expect(await on.everything()).toEqual(before);
      expect(Object.keys(Object.prototype)).toEqual([]);
    });

    it("an odd body is taken where the service takes it", async () => {
      for (const [operation, bad] of pairs(at, (ending) => ending === "done")) {
        on.reset({ profile });
        const answer = await on.ask(operation.method, pathOf(on, operation), askingWith(on, operation, bad));
        const isRecorded = policy === "warn" && !(profile === "wire" && bad.wire === "done");
        expect([operation.id, bad.name, answer.status, answer.headers["x-mock-violations"]]).toEqual([
          operation.id,
          bad.name,
          operation.done,
          isRecorded ? "1" : undefined,
        ]);
      }
    });

    it("a bad path, query or token is answered with the reason and changes nothing", async () => {
      on.reset({ profile });
      const before = await on.everything();
      for (const { asked, status, says, ...asking } of badRequests) {
        const [method, path] = asked;
        const answer = await on.ask(method, path.replace("{id}", on.id("dark-mode")), asking);
        expect([asked.join(" "), answer.status]).toEqual([asked.join(" "), status]);
        expect(answer.text).toMatch(says);
        expect(answer.body).toEqual(expect.objectContaining({ message: expect.any(String) }));
      }
      expect(await on.everything()).toEqual(before);
    });
  });
});

interface BadRequest extends Asking {
  readonly asked: readonly [method: Method, path: string];
  readonly status: number;
  readonly says: RegExp;
}

const nowhere = "6a1f9a5c-0000-4000-8000-000000000000";
const resourceNotFound = /^\{"message":"Resource not found[^"]*"\}\n$/;

const badRequests: readonly BadRequest[] = [
  { asked: ["GET", "/tasks/me/%zz"], status: 400, says: /%zz.*%25/ },
  { asked: ["GET", "/tasks/me/50%"], status: 400, says: /50%.*%25/ },
  { asked: ["DELETE", "/tasks/me/%ff%fe"], status: 400, says: /%ff%fe/ },
  { asked: ["GET", "/tasks?q=%zz"], status: 400, says: /%zz/ },
  { asked: ["GET", "/tasks?q=owner:%e0%a4%a"], status: 400, says: /"field":"owner"/ },
  { asked: ["GET", "/tasks?q=color:red"], status: 400, says: /"field":"color"/ },
  { asked: ["GET", "/tasks?q=:"], status: 400, says: /"field":"q"/ },
  { asked: ["POST", "/tasks/nobody"], status: 400, says: /queried user=\\"nobody\\"/, body: {} },
  { asked: ["GET", "/tasks/nobody/dark-mode"], status: 400, says: /queried user=/ },
  { asked: ["DELETE", "/tasks/nobody/{id}"], status: 400, says: /queried user=/ },
  {
    asked: ["PATCH", "/tasks/ME/cache-headers/input"],
    status: 400,
    says: /queried user=\\"ME\\"/,
    body: { input: "a" },
  },
  { asked: ["GET", `/tasks/${nowhere}/dark-mode`], status: 400, says: /queried user=/ },
  { asked: ["GET", "/tasks/__proto__/constructor"], status: 400, says: /queried user=\\"__proto__\\"/ },
  { asked: ["GET", "/tasks/me/__proto__"], status: 404, says: resourceNotFound },
  { asked: ["GET", "/tasks/me/none"], status: 404, says: resourceNotFound },
  { asked: ["DELETE", `/tasks/me/${nowhere}`], status: 404, says: resourceNotFound },
  { asked: ["PATCH", "/tasks/me/none/input"], status: 404, says: resourceNotFound, body: { input: "a" } },
  { asked: ["POST", `/tasks/me/${nowhere}/pause`], status: 404, says: resourceNotFound },
  { asked: ["POST", `/tasks/me/${nowhere}/resume`], status: 404, says: resourceNotFound },
  { asked: ["POST", "/tasks/me/none/send"], status: 404, says: resourceNotFound, body: { input: "a" } },
  { asked: ["GET", "/tasks/me/none/logs"], status: 404, says: resourceNotFound },
  { asked: ["GET", "/tasks"], status: 401, says: /No session token/, as: "nobody" },
  { asked: ["GET", "/tasks"], status: 401, says: /10 and 22 characters/, token: "abc" },
  {
    asked: ["GET", "/tasks"],
    status: 401,
    says: /no key has this id/,
    token: `${"a".repeat(10)}-${"b".repeat(22)}`,
  },
  { asked: ["GET", "/tasks"], status: 401, says: /API key/, token: "__proto__" },
  {
    asked: ["POST", "/api/v2/workspaceagents/me/tasks/{id}/log-snapshot?format=agentapi"],
    status: 401,
    says: /agent/,
    token: "API_KEY",
    body: { messages: [] },
  },
  {
    asked: ["POST", "/api/v2/workspaceagents/me/tasks/{id}/log-snapshot?format=agentapi"],
    status: 401,
    says: /coder_session_token/,
    as: "nobody",
    body: { messages: [] },
  },
  { asked: ["GET", `/tasks/me/${"x".repeat(4000)}`], status: 404, says: resourceNotFound },
];

describe("the reason", () => {
  let on: TestMock;
  beforeAll(async () => {
    on = await startTestMock();
  });

  it("tells a wrong secret from an unknown key", async () => {
    const token = `${on.token("mateo").split("-")[0]}-${"b".repeat(22)}`;
    const answer = await on.ask("GET", "/tasks", { token });
    expect([answer.status, answer.body.detail]).toEqual([401, expect.stringContaining("secret")]);
  });

  it.each([
    ["no UTF-8", /^expected valid UTF-8 \(/],
    ["2 MB", /^expected a body of at most 1048576 bytes \(/],
    ["broken JSON", /received the end of the body \(/],
    ["no content type", /^expected the content type application\/json, received nothing \(/],
  ])("fits a body that is %s", async (name, wording) => {
    const operation = withBody.find(({ takes }) => takes === "user");
    const bad = badBodies.find((candidate) => candidate.name === name);
    if (operation === undefined || bad === undefined) throw new Error(name);
    const answer = await on.ask(operation.method, pathOf(on, operation), askingWith(on, operation, bad));
    expect(answer.body.validations).toEqual([
      { field: expect.any(String), detail: expect.stringMatching(wording) },
    ]);
  });
});
