import { canRead } from "../../domain/access.ts";
import type { Agent } from "../../domain/agent.ts";
import { agentOfBuild } from "../../domain/agent-of-build.ts";
import type { User } from "../../domain/directory.ts";
import { type AgentId, asId, type BuildId } from "../../domain/ids.ts";
import type { Build, Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { type Found, findUser, notFound, readId } from "../find.ts";
import type { PathParameters } from "../operation.ts";
import type { FoundBuild } from "./present-whole-build.ts";

/** The workspace of `{workspace}`, which is an id; for a while also one that was deleted. */
export function findWorkspace(world: World, caller: User, path: PathParameters): Found<Workspace> {
  const id = readId(path["workspace"] ?? "");
  return id.ok ? visible(caller, world.workspaceOrDeparted(asId(id.value))) : id;
}

/** Whose workspace of which name a path means, whether there is one or not. */
export interface WorkspaceName {
  readonly owner: User;
  readonly name: string;
}

/** The owner of `{user}` with the name of `{workspacename}`. */
export function findWorkspaceName(world: World, caller: User, path: PathParameters): Found<WorkspaceName> {
  const user = findUser(world, caller, path["user"] ?? "");
  return user.ok ? { ok: true, value: { owner: user.value, name: path["workspacename"] ?? "" } } : user;
}

/** The workspace of `{workspacename}` among those of `{user}`. Names are compared without regard to case. */
function findWorkspaceByName(world: World, caller: User, path: PathParameters): Found<Workspace> {
  const named = findWorkspaceName(world, caller, path);
  return named.ok ? visible(caller, world.workspaceNamed(named.value.owner.id, named.value.name)) : named;
}

/** The build of `{workspacebuild}`, which is an id. */
export function findBuild(world: World, caller: User, path: PathParameters): Found<FoundBuild> {
  const id = readId(path["workspacebuild"] ?? "");
  return id.ok
    ? buildIn(workspaceWith(world, caller, asId<BuildId>(id.value)), (build) => build.id === id.value)
    : id;
}

/** The build of `{buildnumber}` in the workspace of `{workspacename}`. */
export function findBuildByNumber(world: World, caller: User, path: PathParameters): Found<FoundBuild> {
  const workspace = findWorkspaceByName(world, caller, path);
  const text = path["buildnumber"] ?? "";
  if (workspace.ok && !/^[+-]?\d+$/.test(text)) {
    return { ok: false, refusal: { kind: "bad-build-number", text } };
  }
  return buildIn(workspace, ({ number }) => number === Number(text));
}

export interface FoundAgent extends FoundBuild {
  readonly agent: Agent;
}

/** The agent of `{workspaceagent}`, which is an id, with the build that made it. */
export function findWorkspaceAgent(world: World, caller: User, path: PathParameters): Found<FoundAgent> {
  const id = readId(path["workspaceagent"] ?? "");
  if (!id.ok) return id;
  const workspace = workspaceWith(world, caller, asId<AgentId>(id.value));
  const found = buildIn(workspace, ({ agent }) => agent?.id === id.value);
  if (!found.ok) return found;
  const agent = agentOfBuild(found.value.workspace, found.value.build);
  return agent === undefined ? notFound : { ok: true, value: { ...found.value, agent } };
}

function workspaceWith(world: World, caller: User, part: BuildId | AgentId): Found<Workspace> {
  // An agent comes about by itself, so all has to have come about before it is looked for.
  const id = world.tables.workspaceOfPart(part);
  return visible(caller, id === undefined ? undefined : world.workspaceOrDeparted(id));
}

function buildIn(workspace: Found<Workspace>, isMeant: (build: Build) => boolean): Found<FoundBuild> {
  if (!workspace.ok) return workspace;
  const build = workspace.value.builds.find(isMeant);
  return build === undefined ? notFound : { ok: true, value: { workspace: workspace.value, build } };
}

/** What a caller may not see is not found. */
export function visible(caller: User, workspace: Workspace | undefined): Found<Workspace> {
  return workspace !== undefined && canRead(caller, workspace, workspace)
    ? { ok: true, value: workspace }
    : notFound;
}
