import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DueQueue } from "../../src/domain/due-queue.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { ShiftedPending } from "../../src/domain/shifted-pending.ts";
import { uuid } from "../support/world-builder.ts";

describe("a due queue", () => {
  it("gives what a sorted list would: earliest first, of equal instants the one queued first", () => {
    const push = fc.record({ at: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 3, arbitrary: push }, fc.constant("pop" as const))),
        (actions) => {
          const queue = new DueQueue();
          const model: { readonly at: number; readonly workspaceId: string }[] = [];
          for (const [index, action] of actions.entries()) {
            if (action === "pop") expect(queue.pop()).toEqual(model.shift() && expect.anything());
            else {
              queue.push(asInstant(action.at), uuid(index));
              model.push({ at: action.at, workspaceId: uuid(index) });
              model.sort((one, other) => one.at - other.at);
            }
            expect(queue.first?.workspaceId).toBe(model[0]?.workspaceId);
            expect(queue.first?.at).toBe(model[0]?.at);
          }
          expect(drain(queue)).toEqual(model.map(({ workspaceId }) => workspaceId));
          expect(queue.pop()).toBeUndefined();
        },
      ),
    );
  });

  it("takes what was due at a start among what was queued since, the former first at one instant", () => {
    const at = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(fc.array(at), fc.array(at), fc.integer({ min: -5, max: 5 }), (initial, later, by) => {
        const sorted = initial.toSorted((one, other) => one - other);
        const pending = sorted.map((one, index) => ({ at: asInstant(one), workspaceId: uuid<never>(index) }));
        const queue = new DueQueue(new ShiftedPending(pending, by));
        for (const [index, one] of later.entries()) queue.push(asInstant(one), uuid(1_000 + index));
        const expected = [
          ...sorted.map((one, index) => [one + by, uuid(index)] as const),
          ...later.map((one, index) => [one, uuid(1_000 + index)] as const),
        ].sort(([one], [other]) => one - other);
        expect(drain(queue)).toEqual(expected.map(([, id]) => id));
      }),
    );
  });
});

function drain(queue: DueQueue): readonly string[] {
  const ids: string[] = [];
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) ids.push(entry.workspaceId);
  return ids;
}
