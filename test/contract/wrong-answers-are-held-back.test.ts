import { beforeAll, describe, expect, it } from "vitest";
import type { AdminContext } from "../../src/admin/admin-context.ts";
import { createAdminOperations } from "../../src/admin/admin-operations.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { World } from "../../src/domain/world.ts";
import { LedgerBook } from "../../src/engine/coverage/ledger-book.ts";
import { createEngine } from "../../src/engine/engine.ts";
import { FallbackAnswers } from "../../src/engine/fallback/fallback-answers.ts";
import { EventLog } from "../../src/engine/journal/event-log.ts";
import type { MockResponse } from "../../src/engine/journal/exchange.ts";
import { ViolationLog } from "../../src/engine/journal/violation-log.ts";
import type { CheckPolicy } from "../../src/engine/policy.ts";
import { WorldHost } from "../../src/engine/worlds/world-host.ts";
import { Worlds } from "../../src/engine/worlds/worlds.ts";
import { next, type Operation } from "../../src/operations/operation.ts";
import { handled, type Reply, refused } from "../../src/operations/reply.ts";
import { createStatefulOperations } from "../../src/operations/stateful-operations.ts";
import { createLazyGenerator } from "../../src/runtime/fallback-generator.ts";
import { documents } from "../support/assets.ts";
import { buildWorld } from "../support/world-builder.ts";

const key = { revision: "2.34", profile: "wire" } as const;
let contract: Contract;
let adminContract: Contract;

beforeAll(async () => {
  contract = createContract(documents.contract(key.revision, key.profile));
  adminContract = createContract(documents.admin());
});

/** The real contract and engine, with an operation that answers what the test wants. */
function start(reply: () => Reply, responses: CheckPolicy) {
  const stub: Operation<World> = {
    authenticate: () => next({ resolve: () => next({ run: reply }) }),
  };
  const operations = {
    ...createStatefulOperations(key),
    "list-ai-tasks": stub,
    "get-ai-task-by-id-or-name": stub,
    "delete-ai-task": stub,
  };
  const parts = {
    surfaceFor: () => ({ contract, operations }),
    hostTime: () => 0,
    after: () => () => undefined,
    events: new EventLog(),
    answers: new FallbackAnswers(createLazyGenerator()),
    violations: new ViolationLog(100),
    coverage: new LedgerBook(),
  };
  const settings = { scenario: "test", seed: "1", auth: "strict", ...key } as const;
  const clock = { mode: "manual", speed: 1 } as const;
  const host = new WorldHost(
    "default",
    { settings, clock, journal: { exchanges: 5, bytes: 65_536 } },
    { parts, start: buildWorld().start },
  );
  const reported: unknown[] = [];
  const engine = createEngine<AdminContext>({
    worlds: new Worlds(host, { limit: 0, strict: false, hostTime: parts.hostTime }),
    admin: {
      surface: { contract: adminContract, operations: createAdminOperations() },
      contextFor: () => {
        throw new Error("No admin call is part of this test.");
      },
    },
    policy: { requests: "enforce", responses },
    cors: { kind: "off" },
    report: (error) => reported.push(error),
  });
  const ask = async (method: string, path: string): Promise<Told> => {
    const body = { kind: "bytes", bytes: new Uint8Array(0) } as const;
    return told(await engine.handle({ method, path: `/api/v2${path}`, search: "", headers: {}, body }));
  };
  return { host, ask, reported };
}

interface Told {
  readonly status: number;
  readonly outcome: string | undefined;
  readonly headers: MockResponse["headers"];
  readonly body: unknown;
}

function told({ status, headers, body }: MockResponse): Told {
  const text = new TextDecoder().decode(body);
  return {
    status,
    outcome: headers["X-Mock-Outcome"],
    headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

interface Wrong {
  readonly name: string;
  readonly ask: readonly [method: string, path: string];
  readonly reply: Reply;
  readonly rule: string;
}

const list = ["GET", "/tasks"] as const;
const get = ["GET", "/tasks/me/x"] as const;
const remove = ["DELETE", "/tasks/me/x"] as const;

const wrongs: readonly Wrong[] = [
  {
    name: "a member of a wrong type",
    ask: list,
    reply: handled(200, { tasks: [], count: "0" }),
    rule: "type",
  },
  { name: "a missing member", ask: list, reply: handled(200, { tasks: [] }), rule: "required" },
  {
    name: "an item of a list that is no task",
    ask: list,
    reply: handled(200, { tasks: [{ id: "1" }], count: 1 }),
    rule: "required",
  },
  {
    name: "an undocumented status",
    ask: get,
    reply: handled(418, { message: "Tea" }),
    rule: "undocumented-status",
  },
  { name: "a success that is not documented", ask: get, reply: handled(204), rule: "undocumented-status" },
  { name: "no body where one is documented", ask: list, reply: handled(200), rule: "body-required" },
  {
    name: "a body where none is documented",
    ask: remove,
    reply: handled(202, { message: "Gone" }),
    rule: "body-undocumented",
  },
  {
    name: "a refusal without a message",
    ask: get,
    reply: { outcome: "refused", status: 404, body: { detail: "Nothing" } },
    rule: "required",
  },
];

describe.each(wrongs)("an operation that answers with $name", ({ ask: [method, path], reply, rule }) => {
  it("is held back under enforce: 500, marked and recorded", async () => {
    const { ask, host } = start(() => reply, "enforce");
    const { status, outcome, headers, body } = await ask(method, path);
    expect([status, outcome]).toEqual([500, "contract-response"]);
    expect(body).toMatchObject({
      message: expect.stringContaining("held back"),
      validations: expect.arrayContaining([
        { field: expect.any(String), detail: expect.stringContaining(rule) },
      ]),
    });
    const [exchange] = host.journal.list();
    expect(exchange).toMatchObject({ status: 500, outcome: "contract-response" });
    expect(exchange?.violations.map((violation) => [violation.direction, violation.rule])).toContainEqual([
      "response",
      rule,
    ]);
    expect(
      host.violations
        .list()
        .map(({ violation }) => violation)
        .reverse(),
    ).toEqual(exchange?.violations);
    expect(headers["X-Mock-Violations"]).toBe(String(exchange?.violations.length));
    expect(headers["Link"]).toContain(`/__admin/requests/${exchange?.id}`);
  });

  it("is sent and recorded under warn", async () => {
    const { ask, host } = start(() => reply, "warn");
    const { status, outcome, headers, body } = await ask(method, path);
    expect([status, outcome, body]).toEqual([reply.status, reply.outcome, reply.body]);
    const rules = host.journal.list()[0]?.violations.map((violation) => violation.rule);
    expect(rules).toContain(rule);
    expect(headers["X-Mock-Violations"]).toBe(String(rules?.length));
  });

  it("goes by unseen under off", async () => {
    const { ask, host } = start(() => reply, "off");
    const { status, outcome, headers, body } = await ask(method, path);
    expect([status, outcome, body]).toEqual([reply.status, reply.outcome, reply.body]);
    expect(host.journal.list()[0]?.violations).toEqual([]);
    expect(headers).not.toHaveProperty("X-Mock-Violations");
    expect(headers).not.toHaveProperty("Link");
  });
});

describe("an operation", () => {
  it("that answers rightly is left alone under every policy", async () => {
    for (const policy of ["enforce", "warn", "off"] as const) {
      const { ask } = start(() => handled(200, { tasks: [], count: 0 }), policy);
      const { status, outcome, headers } = await ask(...list);
      expect([status, outcome, headers["X-Mock-Violations"]]).toEqual([200, "handled", undefined]);
    }
  });

  it("that answers wrongly once does not spoil the next answer, nor the other way round", async () => {
    const replies = [handled(200, { tasks: [], count: 0 }), handled(200, { tasks: [], count: "0" })];
    let asked = 0;
    const { ask } = start(() => replies[asked++ % 2] ?? refused(404, { message: "" }), "enforce");
    const statuses = [];
    for (let round = 0; round < 4; round++) statuses.push((await ask(...list)).status);
    expect(statuses).toEqual([200, 500, 200, 500]);
  });

  it("that throws is a bug, told to the log and not to the client", async () => {
    const failure = new Error("secret cause");
    const { ask, host, reported } = start(() => {
      throw failure;
    }, "enforce");
    const { status, outcome, body } = await ask(...list);
    expect([status, outcome]).toEqual([500, "bug"]);
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(reported).toEqual([failure]);
    expect(host.journal.list()).toMatchObject([{ operation: "list-ai-tasks", outcome: "bug" }]);
  });
});
