import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DueQueue } from "../../src/domain/due-queue.ts";
import { asInstant } from "../../src/domain/instant.ts";
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
});

function drain(queue: DueQueue): readonly string[] {
  const ids: string[] = [];
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) ids.push(entry.workspaceId);
  return ids;
}
