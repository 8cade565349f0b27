import { beforeAll, describe, expect, it } from "vitest";
import type { AdminContext } from "../../src/admin/admin-context.ts";
import { createAdminOperations } from "../../src/admin/admin-operations.ts";
import { createEngine, type EngineOptions } from "../../src/engine/engine.ts";
import { type CheckPolicy, checkPolicies } from "../../src/engine/policy.ts";
import { next, type Operation } from "../../src/operations/operation.ts";
import { handled, type Reply } from "../../src/operations/reply.ts";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";
import type { Contracts } from "../support/contracts.ts";

let contracts: Contracts;
beforeAll(async () => {
  contracts = await openContracts();
});

/** The real admin document and engine, with `GET /clock` answering what the test wants. */
async function ask(reply: Reply, responses: CheckPolicy) {
  const stub: Operation<AdminContext> = {
    authenticate: () => next({ resolve: () => next({ run: () => reply }) }),
  };
  const { worlds } = startAdminEngine({ contracts });
  const options: EngineOptions<AdminContext | undefined> = {
    worlds,
    admin: {
      surface: {
        contract: contracts.admin,
        operations: { ...createAdminOperations(), "get-clock": stub },
      },
      contextFor: () => undefined,
    },
    policy: { requests: responses, responses },
    cors: { kind: "off" },
    report: (error) => {
      throw error;
    },
  };
  const response = await createEngine(options).handle({
    method: "GET",
    path: "/__admin/clock",
    search: "",
    headers: { host: "localhost" },
    body: { kind: "bytes", bytes: new Uint8Array(0) },
  });
  return {
    status: response.status,
    outcome: response.headers["X-Mock-Outcome"],
    text: new TextDecoder().decode(response.body),
  };
}

const right = { mode: "manual", speed: 1, now: "2026-02-02T09:00:00Z" };

// The policies are for the API; a tool that steers tests must never be vague itself.
describe.each(checkPolicies)("an admin operation, whatever --responses says (%s)", (policy) => {
  it("that answers as documented is heard", async () => {
    expect(await ask(handled(200, right), policy)).toMatchObject({ status: 200, outcome: "handled" });
  });

  it.each([
    ["a member of a wrong type", handled(200, { ...right, speed: "fast" }), "speed"],
    ["a missing member", handled(200, { mode: "manual", speed: 1 }), "now"],
    ["a bad format", handled(200, { ...right, now: "noon" }), "now"],
    ["an undocumented status", handled(418, { message: "Tea" }), "status"],
    ["no body", handled(200), "body"],
  ])("that answers with %s is held back", async (_, reply, place) => {
    const { status, outcome, text } = await ask(reply, policy);
    expect([status, outcome]).toEqual([500, "contract-response"]);
    expect(
      JSON.parse(text)
        .validations.map(({ field }: { field: string }) => field)
        .join(),
    ).toContain(place);
  });
});
