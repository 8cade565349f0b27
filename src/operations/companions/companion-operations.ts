import type { operations } from "../../contract/generated/companions.ts";
import type { World } from "../../domain/world.ts";
import { forAnybody, forCaller, forFound, forUser, type Operation } from "../operation.ts";
import { findBuild, findBuildByNumber, findWorkspace, findWorkspaceByName } from "./find-workspace.ts";
import { getBuildInfo } from "./get-build-info.ts";
import { getUser } from "./get-user.ts";
import { getWorkspace } from "./get-workspace.ts";
import { getWorkspaceBuild } from "./get-workspace-build.ts";
import { getWorkspaceByName } from "./get-workspace-by-name.ts";
import { listWorkspaceBuilds } from "./list-workspace-builds.ts";
import { listWorkspaces } from "./list-workspaces.ts";
import { watchWorkspace, watchWorkspaceBySocket } from "./watch-workspace.ts";
import { checkAuthorization } from "./check-authorization.ts";
import { getAppearance } from "./get-appearance.ts";
import { getDeploymentConfig } from "./get-deployment-config.ts";
import { getEntitlements } from "./get-entitlements.ts";
import { listExperiments } from "./list-experiments.ts";
import { listInboxNotifications } from "./list-inbox-notifications.ts";
import { listRegions } from "./list-regions.ts";

/** Every operation id of the companions' document. One that it gains breaks the type check until it is decided on. */
export type CompanionId = keyof operations;

/** What clients call beside the operations on tasks. */
export function createCompanionOperations(): Readonly<Record<CompanionId, Operation<World>>> {
  return {
    "get-build-info": forAnybody(getBuildInfo),
    "get-entitlements": forCaller(getEntitlements),
    "list-experiments": forCaller(listExperiments),
    "get-appearance": forCaller(getAppearance),
    "list-regions": forCaller(listRegions),
    "get-deployment-config": forCaller(getDeploymentConfig),
    "check-authorization": forCaller(checkAuthorization),
    "list-inbox-notifications": forCaller(listInboxNotifications),
    "get-user": forUser(getUser),
    "list-workspaces": forCaller(listWorkspaces),
    "get-workspace": forFound(findWorkspace, getWorkspace),
    "get-workspace-by-name": forFound(findWorkspaceByName, getWorkspaceByName),
    "watch-workspace": forFound(findWorkspace, watchWorkspace),
    "watch-workspace-by-websocket": forFound(findWorkspace, watchWorkspaceBySocket),
    "list-workspace-builds": forFound(findWorkspace, listWorkspaceBuilds),
    "get-workspace-build": forFound(findBuild, getWorkspaceBuild),
    "get-workspace-build-by-number": forFound(findBuildByNumber, getWorkspaceBuild),
  };
}
