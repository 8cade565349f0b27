import { type DurationSpans, durationNames } from "../../domain/due.ts";
import type { OrganizationId, UserId } from "../../domain/ids.ts";
import { formatSpan } from "../../domain/span.ts";
import type { World } from "../../domain/world.ts";
import type { DurationTexts } from "../time-document.ts";

/** What names the things of a world in an export. */
export interface Names {
  readonly world: World;
  username(id: UserId): string;
  organization(id: OrganizationId): string;
}

export function exportDurations(durations: DurationSpans): DurationTexts {
  return Object.fromEntries(durationNames.map((name) => [name, formatSpan(durations[name])]));
}

/** Everything that a world refers to is in its tables. */
export function named(name: string | undefined, id: string): string {
  if (name === undefined) throw new Error(`Nothing in the world has the id ${id}.`);
  return name;
}
