import { describe, expect, it } from "vitest";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { StartCache } from "../../src/runtime/start-cache.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { assets } from "../support/assets.ts";

const source = assets.library.get("default");
if (source === undefined) throw new Error("There is no default scenario.");
const small = await buildStart(source, assets.library.fixtures, { seed: "1" });

/** Says that it holds so many tasks; nobody looks at them here. */
function sized(size: number): WorldStart {
  const tables = Object.create(small.tables, { tasks: { value: { size } } });
  return { ...small, tables };
}

/** Asks for a key; true when it had to be built. */
async function isBuilt(cache: StartCache, key: string, size: number): Promise<boolean> {
  let built = false;
  await cache.get(key, () => {
    built = true;
    return Promise.resolve(sized(size));
  });
  return built;
}

describe("the start states that are kept", () => {
  it("are bounded in number: the one that was not asked for the longest makes room", async () => {
    const cache = new StartCache();
    for (let index = 0; index < 32; index++) await isBuilt(cache, String(index), 1);
    expect(await isBuilt(cache, "0", 1)).toBe(false);
    await isBuilt(cache, "one more", 1);
    expect(await isBuilt(cache, "0", 1)).toBe(false);
    expect(await isBuilt(cache, "1", 1)).toBe(true);
  });

  it("are bounded in the tasks that they hold", async () => {
    const cache = new StartCache();
    for (let index = 0; index < 10; index++) await isBuilt(cache, String(index), 10_000);
    expect(await isBuilt(cache, "0", 10_000)).toBe(false);
    await isBuilt(cache, "one more", 10_000);
    expect(await isBuilt(cache, "1", 10_000)).toBe(true);
    expect(await isBuilt(cache, "0", 10_000)).toBe(false);
  });

  it("always have the newest, however large it is", async () => {
    const cache = new StartCache();
    await isBuilt(cache, "small", 1);
    await isBuilt(cache, "huge", 1_000_000);
    expect(await isBuilt(cache, "huge", 1)).toBe(false);
    expect(await isBuilt(cache, "small", 1)).toBe(true);
  });
});
