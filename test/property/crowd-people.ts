import fc from "fast-check";
import type { Json } from "../support/http-client.ts";
import type { CrowdCalls } from "./crowd-calls.ts";
import type { CrowdWorld } from "./crowd-world.ts";

/** The same names in other letters: ids derive from the spelling, look-ups do not mind it. */
const username = fc.constantFrom("nina", "Nina", "NINA", "oskar", "Oskar");
const trap = fc.constantFrom("one", "two");

export const peopleActs = [
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("hire" as const), username }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("token" as const), username }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("meet" as const), username }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("people" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("set" as const), trap }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("trip" as const), trap }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("traps" as const) }) },
] as const;
export type PeopleAct =
  (typeof peopleActs)[number]["arbitrary"] extends fc.Arbitrary<infer Act> ? Act : never;

/** Operations that nothing else in a crowd asks for, one for each trap. */
const trapped = {
  one: { operation: "list-experiments", path: "/experiments" },
  two: { operation: "get-appearance", path: "/appearance" },
} as const;

/** What is done about the users of a world, their tokens and its planned faults. */
export async function doAmongPeople(act: PeopleAct, world: CrowdWorld, calls: CrowdCalls): Promise<void> {
  switch (act.kind) {
    case "hire":
      return await hire(act.username, world, calls);
    case "token":
      return await mint(act.username, world, calls);
    case "meet":
      return await meet(act.username, world, calls);
    case "people": {
      const { users } = await calls.admin("GET", "/users", [200]);
      const { people, residents } = world.shown;
      const kept = [...residents, ...[...people.values()].map((person) => person.username)];
      return calls.checkAll(
        users.map((user: Json) => user.username),
        kept,
      );
    }
    case "set": {
      const statuses = world.shown.traps.has(act.trap) ? [409] : [201];
      const { operation } = trapped[act.trap];
      const fault = { kind: "status", status: 503 };
      const body = { name: nameOf(act.trap, world), match: { operation }, when: { first: 1 }, fault };
      const { status } = await calls.adminAnswer("POST", "/faults", statuses, body);
      return status === 201 ? world.trap(act.trap, true) : undefined;
    }
    case "trip": {
      const isSet = world.shown.traps.get(act.trap) === true;
      await calls.api("GET", trapped[act.trap].path, [isSet ? 503 : 200]);
      return isSet ? world.trap(act.trap, false) : undefined;
    }
    case "traps": {
      const { faults } = await calls.admin("GET", "/faults", [200]);
      const rows = faults.map(({ name, remaining }: Json) => [name, remaining]);
      const kept = [...world.shown.traps].map(([trap, isSet]) => [nameOf(trap, world), isSet ? 1 : 0]);
      return calls.checkAll(rows, kept);
    }
  }
}

function nameOf(trap: string, { mark }: CrowdWorld): string {
  return `${trap}-of-${mark}`;
}

async function hire(username: string, world: CrowdWorld, calls: CrowdCalls): Promise<void> {
  const isTaken = world.shown.people.has(username.toLowerCase());
  const body = { username, name: world.mark };
  const hired = await calls.admin("POST", "/users", isTaken ? [409] : [201], body);
  if (!isTaken) world.hire({ username, token: hired.tokens[0].token });
}

/** The token that was made last is the one that its user comes with from then on. */
async function mint(username: string, world: CrowdWorld, calls: CrowdCalls): Promise<void> {
  const kept = world.shown.people.get(username.toLowerCase());
  const statuses = kept === undefined ? [404] : [201];
  const minted = await calls.admin("POST", "/tokens", statuses, { user: username });
  if (kept !== undefined) world.hire({ ...kept, token: minted.token });
}

/** Looks a user up by name, and comes as that user. Nobody of the name is a 400. */
async function meet(username: string, world: CrowdWorld, calls: CrowdCalls): Promise<void> {
  const kept = world.shown.people.get(username.toLowerCase());
  const statuses = kept === undefined ? [400] : [200];
  const { body: found } = await calls.api("GET", `/users/${username}`, statuses);
  if (kept === undefined) return;
  const { body: own } = await calls.api("GET", "/users/me", [200], { token: kept.token });
  for (const { username: called, name } of [found, own]) {
    calls.check(called === kept.username && name === world.mark, `${called}, ${name}`);
  }
}
