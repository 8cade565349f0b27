import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { HttpClient } from "../support/http-client.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import { type Place, Player } from "./determinism-player.ts";
import { playAll } from "./determinism-story.ts";

/*
 * What every Node version has to answer stands in a file beside this one, as text to read: a change of it is a change of
 * answers, to be looked at in review. To write it anew after a change that is meant:
 *     CODER_TASKS_MOCK_TEST_TRANSCRIPT=write npx vitest run test/http/determinism.test.ts
 */
const transcript = new URL("determinism.transcript.txt", import.meta.url);
const isWritten = process.env["CODER_TASKS_MOCK_TEST_TRANSCRIPT"] === "write";
const head = "Written by determinism.test.ts, which says how to write it anew.";
const rule = `\n\n${"-".repeat(80)}\n\n`;

const world = "story";

/** Every exchange of the whole story, told in a world of a server. */
async function tell(served: ServedMock, where: string | undefined): Promise<readonly string[]> {
  const client = new HttpClient(served.url);
  try {
    const player = new Player(client, await placeOf(client, served, where));
    await playAll(player);
    return player.exchanges;
  } finally {
    client.close();
  }
}

async function placeOf(client: HttpClient, served: ServedMock, id: string | undefined): Promise<Place> {
  if (id === undefined) {
    const signIns = served.mock.signIns().map(({ username, token }) => [username, token] as const);
    return { world: undefined, tokens: Object.fromEntries(signIns) };
  }
  const made = await client.call({ method: "POST", path: "/__admin/worlds", body: { id } });
  expect(made.status, made.text).toBe(201);
  return { world: id, tokens: made.body.tokens };
}

/** Tells the same story in other worlds over and over, makes and deletes worlds, and lets their clocks race. */
async function makeNoise(served: ServedMock, isOver: () => boolean): Promise<number> {
  const client = new HttpClient(served.url);
  let rounds = 0;
  while (!isOver()) {
    rounds += 1;
    const id = `noise-${rounds % 3}`;
    const body = rounds % 2 === 0 ? { id } : { id, seed: rounds, clock: { mode: "real", speed: 10_000 } };
    const made = await client.call({ method: "POST", path: "/__admin/worlds", body });
    const player = new Player(client, { world: id, tokens: made.body.tokens });
    for (let call = 0; call < 5 && !isOver(); call++) {
      const task = { template_version_id: "fbcbfa59-cd97-435e-8a2f-58d8351756fc", input: "Noise." };
      await player.api("POST", "/tasks/me", { as: "olga", body: task });
      await player.api("GET", "/tasks", { as: "olga" });
      await player.admin("POST", "/clock/advance", { next: 3 });
      await client.call({ method: "POST", path: "/__admin/clock/advance", body: { by: "1s" } });
    }
    await client.call({ method: "DELETE", path: `/__admin/worlds/${id}` });
  }
  client.close();
  return rounds;
}

async function tellInTheMidstOfNoise(served: ServedMock): Promise<readonly string[]> {
  let isOver = false;
  const noise = makeNoise(served, () => isOver);
  try {
    return await tell(served, world);
  } finally {
    isOver = true;
    expect(await noise, "there was noise").toBeGreaterThan(2);
  }
}

it("same scenario, seed and calls give byte-equal responses, on every Node version, whatever other worlds do at the same time", async () => {
  await using one = await serveMock();
  await using other = await serveMock();
  const inDefault = await tell(one, undefined);
  expect(inDefault).toEqual(await tell(other, undefined));

  const quiet = await tell(one, world);
  expect(await tellInTheMidstOfNoise(other)).toEqual(quiet);

  if (isWritten) await writeFile(transcript, `${[head, ...quiet].join(rule)}\n`);
  const [, ...written] = (await readFile(transcript, "utf8")).trimEnd().split(rule);
  expect(quiet, "as written; the top of this test says how to write it anew").toEqual(written);
});
