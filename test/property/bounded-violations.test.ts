import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { requestViolations } from "../contract/sample-document.ts";

/** Bytes of the heap after everything that nobody needs has gone. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  for (let times = 0; times < 4; times++) collect();
  return process.memoryUsage().heapUsed;
}

it("violations that are kept do not keep the bodies that they were found in", () => {
  const schema = { type: "object", additionalProperties: { type: "string" } };
  const find = (number: number) => {
    const body = JSON.parse(`{"${"n".repeat(900_000)}${number}":1}`);
    return requestViolations(schema, body);
  };
  find(0);
  const before = heap();
  const kept = Array.from({ length: 60 }, (_, number) => find(number));
  expect(heap() - before).toBeLessThan(20_000_000);
  expect(kept.flat()).toHaveLength(60);
});
