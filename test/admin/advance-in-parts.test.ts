import fc from "fast-check";
import { expect, it } from "vitest";
import { exportScenario } from "../../src/scenarios/export/export-scenario.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

/** Tasks at different points of their lives, two of them in step. */
async function begun(): Promise<AdminEngine> {
  const mock = startAdminEngine({ contracts, means: { exportScenario } });
  const going = await createTask(mock, "going");
  await mock.admin("POST", "/tasks/going/settle");
  await createTask(mock, "one");
  await createTask(mock, "two");
  await mock.admin("POST", "/clock/advance", { by: "700ms" });
  await createTask(mock, "late");
  await mock.api("DELETE", `/tasks/me/${going}`);
  return mock;
}

interface Part {
  readonly kind: "by" | "to" | "next" | "until";
  readonly size: number;
}

function orderFor({ kind, size }: Part, now: string): object {
  switch (kind) {
    case "by":
      return { by: `${size}ms` };
    case "to":
      return { to: new Date(Date.parse(now) + size).toISOString() };
    case "next":
      return { next: 1 + (size % 5) };
    case "until":
      return { until: { task: "late", status: "active" }, limit: `${size}ms` };
  }
}

it("advancing in parts comes to the same state, by the same events, as advancing at once", async () => {
  const part = fc.record({
    kind: fc.constantFrom("by" as const, "to" as const, "next" as const, "until" as const),
    size: fc.integer({ min: 0, max: 4_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const [walker, jumper] = [await begun(), await begun()];
      const walked = [];
      let { now } = (await walker.admin("GET", "/clock")).body;
      for (const one of parts) {
        const { body } = await walker.admin("POST", "/clock/advance", orderFor(one, now));
        walked.push(...body.events);
        now = body.now;
      }
      const jumped = (await jumper.admin("POST", "/clock/advance", { to: now })).body;
      expect(jumped.now).toBe(now);
      expect(walked).toEqual(jumped.events);
      for (const view of ["/state", "/clock", "/tasks"]) {
        expect((await walker.admin("GET", view)).body).toEqual((await jumper.admin("GET", view)).body);
      }
    }),
    { numRuns: 25 },
  );
});
