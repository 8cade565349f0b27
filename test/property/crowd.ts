import fc from "fast-check";
import { HttpClient, type Json } from "../support/http-client.ts";
import { type CrowdStep, crowdSteps } from "./crowd-steps.ts";
import { CrowdVisit } from "./crowd-visit.ts";
import { CrowdWorld, type Shown } from "./crowd-world.ts";

export interface CrowdSize {
  readonly worlds: number;
  readonly clients: number;
  /** Steps that each client takes. */
  readonly steps: number;
}

/** Makes the worlds of a crowd, as the default world shows what each begins with. */
export async function gather(url: string, { worlds: count }: CrowdSize): Promise<readonly CrowdWorld[]> {
  const client = new HttpClient(url);
  const headers = { "Coder-Session-Token": "API_KEY" };
  const { body } = await client.call({ method: "GET", path: "/api/v2/tasks", headers });
  const tasks: Shown["tasks"] = new Map(
    body.tasks.map(({ id, name, owner_name: owner, initial_prompt: prompt }: Json) => [
      name,
      { id, owner, prompt },
    ]),
  );
  const usedNames = new Set([...tasks].map(([name, { owner }]) => `${owner}/${name}`));
  const { body: people } = await client.call({ method: "GET", path: "/__admin/users" });
  const residents = people.users.map(({ username }: Json) => username);
  const start = { tasks, usedNames, residents, people: new Map(), traps: new Map() };
  const worlds = Array.from({ length: count }, (_, number) => new CrowdWorld(number, start));
  for (const world of worlds) await world.make(client);
  client.close();
  return worlds;
}

/** Lets all clients loose on all worlds at once. What each does follows from the seed, in which order it happens does not. */
export async function drive(
  url: string,
  worlds: readonly CrowdWorld[],
  { clients, steps, seed }: CrowdSize & { readonly seed: number },
): Promise<void> {
  const each = async (number: number): Promise<void> => {
    const client = new HttpClient(url);
    for (const step of fc.sample(crowdSteps, { numRuns: steps, seed: seed + number })) {
      // Calls to one world stay in order, so that a model can tell what they answer; worlds are driven side by side.
      const world = freeWorld(worlds, step.world);
      world.isTaken = true;
      await take(client, { world, step, worlds });
      world.isTaken = false;
    }
    client.close();
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => each(number)));
}

/** Does one step in a world and holds the answer to the model. */
async function take(
  client: HttpClient,
  {
    world,
    step: { way, act },
    worlds,
  }: { readonly world: CrowdWorld; readonly step: CrowdStep; readonly worlds: readonly CrowdWorld[] },
): Promise<void> {
  switch (act.kind) {
    case "recreate":
      await world.remove(client);
      return await world.make(client);
    case "clash": {
      const other = worlds[act.other % worlds.length];
      // One that somebody else has may be about to go, and its token with it.
      return other === undefined || other.isTaken ? undefined : await world.clash(client, other);
    }
    default:
      return await new CrowdVisit(world, client, way).do(act);
  }
}

function freeWorld(worlds: readonly CrowdWorld[], from: number): CrowdWorld {
  const place = from % worlds.length;
  const free = [...worlds.slice(place), ...worlds.slice(0, place)].find(({ isTaken }) => !isTaken);
  if (free === undefined) throw new Error("There are more clients than worlds.");
  return free;
}
