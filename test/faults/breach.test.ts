import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor } from "../support/world-builder.ts";

const contracts = await openContracts();

const revisions: readonly (readonly [Revision, Profile])[] = [
  ["2.30", "documented"],
  ["2.31", "wire"],
  ["2.34", "documented"],
  ["2.34", "wire"],
];

/** Requests of every operation that answers with JSON, and some that are refused. */
const calls = [
  ["GET", "/tasks", "list-ai-tasks"],
  ["GET", "/tasks/alice/fix-it", "get-ai-task-by-id-or-name"],
  ["GET", "/tasks/alice/fix-it/logs", "get-ai-task-logs"],
  ["GET", "/tasks/alice/nothing", "get-ai-task-by-id-or-name"],
  ["DELETE", "/tasks/alice/nothing", "delete-ai-task"],
  ["POST", "/tasks/alice/fix-it/send", "send-input-to-ai-task"],
] as const;

describe.each(revisions)("under %s %s an answer that is to break its contract", (revision, profile) => {
  let mock: AdminEngine;
  beforeAll(async () => {
    mock = startAdminEngine({ contracts, revision, profile });
    await createTask(mock, "fix-it");
    await mock.admin("POST", "/tasks/fix-it/settle");
  });

  const breach = async (call: (typeof calls)[number], plan: object) => {
    const [method, path, id] = call;
    await mock.admin("DELETE", "/faults");
    await mock.admin("POST", "/faults", plan);
    const { status, headers, body } = await mock.engine.handle({
      method,
      path: `/api/v2${path}`,
      search: "",
      headers: { host: "localhost", "coder-session-token": tokenFor("member") },
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    });
    const contract = contracts.for({ revision, profile });
    const operation = contract.operations.get(id);
    if (operation === undefined) throw new Error(`There is no operation ${id}.`);
    const text = new TextDecoder().decode(body);
    const { violations } = contract.checkResponse(operation, { status, body: JSON.parse(text) });
    return { headers, text, errors: violations.filter(({ severity }) => severity === "error") };
  };

  it("does, wherever the seed wants it, and the same way each time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls), fc.nat(10_000), async (call, seed) => {
        const plan = { name: `breach-${seed}`, fault: { kind: "break-contract" } };
        const one = await breach(call, plan);
        expect(one.errors.length).toBeGreaterThan(0);
        expect(one.headers).toMatchObject({ "X-Mock-Outcome": "fault", "X-Mock-Fault": plan.name });
        const other = await breach(call, plan);
        expect(other.headers["X-Mock-Fault-Place"]).toBe(one.headers["X-Mock-Fault-Place"]);
        expect(other.text).toBe(one.text);
      }),
      { numRuns: 60 },
    );
  });

  it.each(["wrong-type", "null", "missing"])("does at the place that is asked for: %s", async (change) => {
    const fault = { kind: "break-contract", pointer: "/tasks/0/name", change };
    const { headers, errors } = await breach(calls[0], { fault });
    expect(headers["X-Mock-Fault-Place"]).toBe(`/tasks/0/name ${change}`);
    expect(errors.map(({ pointer }) => pointer)).toEqual(["/tasks/0/name"]);
  });

  it.each([
    { pointer: "/tasks/99/name" },
    { pointer: "/tasks/name" },
    { pointer: "/nothing" },
    { pointer: "/__proto__" },
  ])("stays whole where there is nothing at %j", async (place) => {
    const { headers, errors } = await breach(calls[0], { fault: { kind: "break-contract", ...place } });
    expect([headers["X-Mock-Outcome"], headers["X-Mock-Fault"], errors]).toEqual(["handled", undefined, []]);
  });

  it("is told as a violation that was planned", async () => {
    await breach(calls[0], { fault: { kind: "break-contract", pointer: "/tasks/0/name" } });
    const [newest] = (await mock.admin("GET", "/violations")).body.violations;
    expect(newest).toMatchObject({ direction: "response", pointer: "/tasks/0/name", fault: true });
  });
});
