import type { TemplateId, UserId } from "../../domain/ids.ts";
import type { Transition, Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";

/** What the workspaces of a template tell about it. */
export interface TemplateUse {
  readonly owners: ReadonlySet<UserId>;
  /** How long its builds ran that went well, in milliseconds, the shortest first. */
  readonly spans: Readonly<Record<Transition, readonly number[]>>;
}

/** The use of every template, found in one pass over the workspaces. */
export function templateUse(world: World): (id: TemplateId) => TemplateUse {
  const byTemplate = new Map<TemplateId, Workspace[]>();
  for (const workspace of world.tables.workspaces.values()) {
    const known = byTemplate.get(workspace.templateId);
    if (known === undefined) byTemplate.set(workspace.templateId, [workspace]);
    else known.push(workspace);
  }
  return (id) => useOf(byTemplate.get(id) ?? []);
}

function useOf(workspaces: readonly Workspace[]): TemplateUse {
  return {
    owners: new Set(workspaces.map(({ ownerId }) => ownerId)),
    spans: {
      start: spansOf(workspaces, "start"),
      stop: spansOf(workspaces, "stop"),
      delete: spansOf(workspaces, "delete"),
    },
  };
}

function spansOf(workspaces: readonly Workspace[], transition: Transition): readonly number[] {
  const spans: number[] = [];
  for (const build of workspaces.flatMap(({ builds }) => builds)) {
    const { status, startedAt, completedAt } = build.job;
    if (build.transition !== transition || status !== "succeeded") continue;
    if (startedAt !== undefined && completedAt !== undefined) spans.push(completedAt - startedAt);
  }
  return spans.sort((one, other) => one - other);
}
