import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject } from "../../src/contract/json.ts";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { documents } from "../support/assets.ts";
import type { Answer } from "../support/http-client.ts";
import { admin, wholeView } from "../support/steer.ts";
import { outcomeOf, startTestMock, type TestFlags, type TestMock } from "../support/test-mock.ts";
import {
  type ExampleValidator,
  exampleValidator,
  objectAt,
  operationsOf,
} from "../support/validate-example.ts";
import { type Call, planned } from "./planned-call.ts";
import { type Step, steps } from "./random-calls.ts";

/** How many sequences; a long run takes a few thousand. */
const runs = Number(process.env["CODER_TASKS_MOCK_TEST_RUNS"] ?? 60);

/** A second opinion on every document. */
interface Judge {
  readonly validator: ExampleValidator;
  /** Documented statuses by operation id, each with whether it has a body. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

function judgeOf(document: JsonObject): Judge {
  const statuses = new Map<string, ReadonlyMap<string, boolean>>();
  for (const [id, { operation }] of operationsOf(document)) {
    const responses = Object.entries(objectAt(operation, ["responses"]));
    statuses.set(
      id,
      new Map(responses.map(([status, response]) => [status, hasContent(document, response)])),
    );
  }
  return { validator: exampleValidator(inlined(document)), statuses };
}

function hasContent(document: JsonObject, response: unknown): boolean {
  return isJsonObject(response) && Object.hasOwn(resolved(document, response), "content");
}

function resolved(document: JsonObject, response: JsonObject): JsonObject {
  const reference = response["$ref"];
  return typeof reference === "string"
    ? objectAt(document, reference.slice("#/".length).split("/"))
    : response;
}

/** The document with the shared responses in their places, where the validator looks for them. */
function inlined(document: JsonObject): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(document));
  for (const { operation } of operationsOf(copy).values()) {
    const responses = objectAt(operation, ["responses"]);
    for (const [status, response] of Object.entries(responses)) {
      if (isJsonObject(response)) Object.assign(responses, { [status]: resolved(document, response) });
    }
  }
  return copy;
}

const policies = [
  {},
  { requests: "warn", auth: "any" },
  { requests: "off" },
] as const satisfies readonly TestFlags[];

const scenarios = [
  "default",
  "empty",
  "every-status",
  "app-trouble",
  "missing-workspace",
  "paused-with-history",
  "unusual-text",
] as const;

const settings = fc.record({
  policy: fc.nat(policies.length - 1),
  start: fc.record({
    scenario: fc.constantFrom(...scenarios),
    revision: fc.constantFrom(...revisions),
    profile: fc.constantFrom(...profiles),
    seed: fc.constantFrom("1", "2"),
  }),
});

let adminJudge: Judge;
const judges = new Map<string, Judge>();
const mocks: TestMock[] = [];
/** Never sees a random call. One for all policies, since none of them shows where everything is in order. */
let reference: TestMock;

beforeAll(async () => {
  adminJudge = judgeOf(documents.admin());
  for (const revision of revisions) {
    for (const profile of profiles) {
      judges.set(`${revision} ${profile}`, judgeOf(documents.contract(revision, profile)));
    }
  }
  for (const flags of policies) {
    mocks.push(await startTestMock({ scenario: "empty", ...flags }));
  }
  reference = await startTestMock({ scenario: "empty" });
});

describe("whatever is asked, in whatever order", () => {
  it("no answer breaks a contract, and a reset is a fresh start", async () => {
    const sequences = fc.array(steps, { minLength: 15, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(settings, sequences, async ({ policy, start }, sequence) => {
        const on = mocks[policy];
        if (on === undefined) throw new Error(`No mock for policy ${policy}.`);
        const seen = on.log.length;
        await admin(on, "POST", "/reset", start);
        for (const step of sequence) await take(on, step);
        await admin(on, "POST", "/reset", start);
        expect(await wholeView(on, { tasks: 3 })).toEqual(await freshView(start));
        // What clients broke is told on the way, as it should be; bugs are not to be.
        const bugs = on.log.slice(seen).filter((line) => !line.startsWith("WARN"));
        expect(bugs, "the log is silent about bugs").toEqual([]);
      }),
      { numRuns: runs, interruptAfterTimeLimit: 550_000, markInterruptAsFailure: false },
    );
  }, 600_000);
});

const freshViews = new Map<string, readonly string[]>();

/** What a mock that never saw a random call shows; a test of its own proves that this is what a new one shows. */
async function freshView(start: object): Promise<readonly string[]> {
  const key = JSON.stringify(start);
  const known = freshViews.get(key);
  if (known !== undefined) return known;
  await admin(reference, "POST", "/reset", start);
  const view = await wholeView(reference, { tasks: 3 });
  freshViews.set(key, view);
  return view;
}

async function take(on: TestMock, step: Step): Promise<void> {
  const call = await planned(on, step);
  if (call === undefined) return;
  const { revision, profile } = on.mock.host.world.settings;
  const judge = call.admin === undefined ? judges.get(`${revision} ${profile}`) : adminJudge;
  if (judge === undefined) throw new Error(`No document for ${revision} ${profile}.`);
  const response = await on.ask(call.method, call.path, call.asking);
  const complaints = complaintsAbout(response, judge, operationOf(on, call, response));
  if (complaints.length > 0) {
    throw new Error(
      `${complaints.join("; ")}\n${call.method} ${call.path} ${JSON.stringify(call.asking)}\n${response.status} ${response.text}`,
    );
  }
}

/** Which operation answered, so that the answer is held to the right one; the journal knows for the API. */
function operationOf(on: TestMock, call: Call, response: Answer): string | undefined {
  if (call.admin !== undefined) return call.admin;
  return on.mock.host.journal.get(String(response.headers["x-mock-request-id"]))?.operation;
}

function complaintsAbout(
  response: Answer,
  { validator, statuses }: Judge,
  operation: string | undefined,
): readonly string[] {
  const { status, text, body } = response;
  const outcome = outcomeOf(response);
  switch (outcome) {
    case "no-match":
      return [400, 404, 405].includes(status) ? [] : [`no-match with ${status}`];
    case "contract-request":
      return [400, 413].includes(status) && typeof body.message === "string" ? [] : ["a vague complaint"];
    case "handled":
    case "refused": {
      if (operation === undefined) return ["nobody knows which operation answered"];
      const documented = statuses.get(operation)?.get(String(status));
      if (documented === undefined) return [`${operation} does not document ${status}`];
      if (documented !== (text !== ""))
        return [`${operation} ${status}: body where none is documented, or none`];
      return documented ? validator.errors(operation, `${status}`, body) : [];
    }
    default:
      return [`outcome ${outcome}`];
  }
}
