import type { operations } from "../../contract/generated/companions.ts";
import type { World } from "../../domain/world.ts";
import { forAgentItself, forAnybody, forCaller, forFound, forUser, type Operation } from "../operation.ts";
import { cancelWorkspaceBuild } from "./cancel-workspace-build.ts";
import { checkAuthorization } from "./check-authorization.ts";
import { createWorkspaceBuild } from "./create-workspace-build.ts";
import {
  findOrganization,
  findTemplate,
  findTemplateByName,
  findUserOrganization,
  findVersion,
  findVersionByName,
} from "./find-template.ts";
import {
  findBuild,
  findBuildByNumber,
  findWorkspace,
  findWorkspaceAgent,
  findWorkspaceName,
} from "./find-workspace.ts";
import { getAppearance } from "./get-appearance.ts";
import { getBuildInfo } from "./get-build-info.ts";
import { getDeploymentConfig } from "./get-deployment-config.ts";
import { getEntitlements } from "./get-entitlements.ts";
import { getOrganization } from "./get-organization.ts";
import { getTemplate } from "./get-template.ts";
import { getTemplateVersion } from "./get-template-version.ts";
import { getUser } from "./get-user.ts";
import { getWorkspace } from "./get-workspace.ts";
import { getWorkspaceAgentLogs } from "./get-workspace-agent-logs.ts";
import { getWorkspaceBuild } from "./get-workspace-build.ts";
import { getWorkspaceBuildLogs } from "./get-workspace-build-logs.ts";
import { getWorkspaceBuildParameters } from "./get-workspace-build-parameters.ts";
import { getWorkspaceByName } from "./get-workspace-by-name.ts";
import { listExperiments } from "./list-experiments.ts";
import { listExternalAuth } from "./list-external-auth.ts";
import { listInboxNotifications } from "./list-inbox-notifications.ts";
import { listOrganizations } from "./list-organizations.ts";
import { listPresets } from "./list-presets.ts";
import { listRegions } from "./list-regions.ts";
import { listRichParameters } from "./list-rich-parameters.ts";
import { listTemplateVersions } from "./list-template-versions.ts";
import { listOrganizationTemplates, listTemplates } from "./list-templates.ts";
import { listUserOrganizations } from "./list-user-organizations.ts";
import { listUsers } from "./list-users.ts";
import { listWorkspaceBuilds } from "./list-workspace-builds.ts";
import { listWorkspaces } from "./list-workspaces.ts";
import { reportAppStatus } from "./report-app-status.ts";
import { watchWorkspace, watchWorkspaceBySocket } from "./watch-workspace.ts";

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
    "list-users": forCaller(listUsers),
    "get-user": forUser(getUser),
    "list-user-organizations": forUser(listUserOrganizations),
    "get-user-organization": forFound(findUserOrganization, getOrganization),
    "list-organizations": forCaller(listOrganizations),
    "get-organization": forFound(findOrganization, getOrganization),
    "list-organization-templates": forFound(findOrganization, listOrganizationTemplates),
    "get-organization-template": forFound(findTemplateByName, getTemplate),
    "get-organization-template-version": forFound(findVersionByName, getTemplateVersion),
    "list-templates": forCaller(listTemplates),
    "get-template": forFound(findTemplate, getTemplate),
    "list-template-versions": forFound(findTemplate, listTemplateVersions),
    "get-template-version": forFound(findVersion, getTemplateVersion),
    "list-presets": forFound(findVersion, listPresets),
    "list-rich-parameters": forFound(findVersion, listRichParameters),
    "list-external-auth": forFound(findVersion, listExternalAuth),
    "list-workspaces": forCaller(listWorkspaces),
    "get-workspace": forFound(findWorkspace, getWorkspace),
    "get-workspace-by-name": forFound(findWorkspaceName, getWorkspaceByName),
    "watch-workspace": forFound(findWorkspace, watchWorkspace),
    "watch-workspace-by-websocket": forFound(findWorkspace, watchWorkspaceBySocket),
    "list-workspace-builds": forFound(findWorkspace, listWorkspaceBuilds),
    "create-workspace-build": forFound(findWorkspace, createWorkspaceBuild),
    "cancel-workspace-build": forFound(findBuild, cancelWorkspaceBuild),
    "get-workspace-build-logs": forFound(findBuild, getWorkspaceBuildLogs),
    "get-workspace-agent-logs": forFound(findWorkspaceAgent, getWorkspaceAgentLogs),
    "report-app-status": forAgentItself(reportAppStatus),
    "get-workspace-build-parameters": forFound(findBuild, getWorkspaceBuildParameters),
    "get-workspace-build": forFound(findBuild, getWorkspaceBuild),
    "get-workspace-build-by-number": forFound(findBuildByNumber, getWorkspaceBuild),
  };
}
