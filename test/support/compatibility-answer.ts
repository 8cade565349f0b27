import { expect } from "vitest";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import {
  type AdminEngine,
  type AdminEngineOptions,
  openContracts,
  startAdminEngine,
} from "./admin-engine.ts";

const contracts = await openContracts();

/** A mock in the shapes of deployments, unless it is told otherwise. */
export function start(options: Omit<AdminEngineOptions, "contracts"> = {}): AdminEngine {
  return startAdminEngine({ contracts, ...options });
}

interface Reason {
  readonly kind: string;
  readonly operation?: string;
  readonly text: string;
  readonly count: number;
  readonly exchanges: readonly string[];
}

interface Cell {
  readonly revision: Revision;
  readonly verdict: string;
  readonly reasons: readonly Reason[];
}

interface ProfilePart {
  readonly profile: Profile;
  readonly smallest?: string;
  readonly smallest_for_requests?: string;
  readonly revisions: readonly Cell[];
}

/** What the admin API says of the releases that do, with the parts that tests look into. */
export async function compatibility(mock: AdminEngine) {
  const answer = await mock.admin("GET", "/compatibility");
  expect(answer.status).toBe(200);
  const profiles: readonly ProfilePart[] = answer.body.profiles;
  const part = (profile: Profile) => {
    const found = profiles.find((one) => one.profile === profile);
    if (found === undefined) throw new Error(`No profile ${profile}.`);
    return found;
  };
  const cell = (revision: Revision, profile: Profile) => {
    const found = part(profile).revisions.find((one) => one.revision === revision);
    if (found === undefined) throw new Error(`No revision ${revision}.`);
    return found;
  };
  const verdicts = (profile: Profile) => part(profile).revisions.map(({ verdict }) => verdict);
  return { body: answer.body, part, cell, verdicts };
}
