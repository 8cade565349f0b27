import { expect, it } from "vitest";
import { watched } from "../../src/admin/clock/happened.ts";
import type { Fired } from "../../src/domain/lifecycle.ts";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

it.each([
  [10_000, undefined],
  [10_001, 1],
  [12_345, 2_345],
])("of %i events the first 10,000 are listed and the rest counted", async (count, omitted) => {
  const mock = startAdminEngine({ contracts });
  await createTask(mock);
  const { world } = mock.host;
  const fired: Fired[] = [];
  world.settle(world.nextDue ?? world.now, (one) => fired.push(one));
  const { body } = watched(world, (observe) => {
    for (let index = 0; index < count; index++) for (const one of fired) observe(one);
  });
  expect([fired.length, body.events.length, body.omitted]).toEqual([1, 10_000, omitted]);
});
