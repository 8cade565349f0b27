import type { OrganizationRole, SiteRole } from "./directory.ts";

/** What the provider's clients ask about, by the provider's words. What is not here nobody may do. */
export const resourceTypes = [
  "aibridge_interception",
  "api_key",
  "assign_org_role",
  "assign_role",
  "audit_log",
  "connection_log",
  "crypto_key",
  "debug_info",
  "deployment_config",
  "deployment_stats",
  "file",
  "group",
  "group_member",
  "idpsync_settings",
  "inbox_notification",
  "license",
  "notification_message",
  "notification_preference",
  "notification_template",
  "oauth2_app",
  "oauth2_app_code_token",
  "oauth2_app_secret",
  "organization",
  "organization_member",
  "provisioner_daemon",
  "provisioner_jobs",
  "replicas",
  "system",
  "tailnet_coordinator",
  "task",
  "template",
  "user",
  "user_secret",
  "webpush_subscription",
  "workspace",
  "workspace_agent_devcontainers",
  "workspace_agent_resource_monitor",
  "workspace_dormant",
  "workspace_proxy",
] as const;
export type ResourceType = (typeof resourceTypes)[number];

/** Actions by resource type: some, or every one. */
export type Grants = Readonly<Partial<Record<ResourceType, readonly string[] | "every">>>;

const change = ["create", "update", "delete"] as const;
const all = ["read", ...change] as const;

/** Everything but what is its owner's alone. */
const sitewide: Grants = {
  ...Object.fromEntries(resourceTypes.map((type) => [type, "every"])),
  user_secret: [],
};

/** What a role over the whole deployment allows, in every organization and to everybody's things. */
export const siteGrants = {
  owner: sitewide,
  "user-admin": {
    user: [...all, "read_personal", "update_personal"],
    assign_role: ["read", "assign", "unassign"],
    assign_org_role: ["read", "assign", "unassign"],
    organization: ["read"],
    organization_member: all,
    group: all,
    group_member: ["read"],
    idpsync_settings: ["read", "update"],
  },
  "template-admin": {
    template: [...all, "use", "view_insights"],
    file: ["create", "read"],
    provisioner_daemon: all,
    assign_org_role: ["read"],
    organization: ["read"],
    organization_member: ["read"],
    group: ["read"],
    group_member: ["read"],
  },
  auditor: {
    audit_log: ["read"],
    connection_log: ["read"],
    deployment_config: ["read"],
    deployment_stats: ["read"],
    aibridge_interception: ["read"],
    template: ["read", "view_insights"],
    assign_org_role: ["read"],
    organization: ["read"],
    organization_member: ["read"],
    group: ["read"],
    group_member: ["read"],
  },
} as const satisfies Record<SiteRole, Grants>;

/** What everybody may, wherever it is. */
export const everybodysGrants: Grants = {
  assign_role: ["read"],
  oauth2_app: ["read"],
  workspace_proxy: ["read"],
};

/** What a role in an organization allows there. */
export const organizationGrants = {
  "organization-admin": {
    organization: ["read", "update", "delete"],
    organization_member: all,
    assign_org_role: [...all, "assign", "unassign"],
    audit_log: ["read"],
    connection_log: ["read"],
    group: all,
    group_member: all,
    idpsync_settings: ["read", "update"],
    provisioner_daemon: all,
    provisioner_jobs: "every",
    task: "every",
    template: [...all, "use", "view_insights"],
    workspace: ["read", ...change, "start", "stop", "share", "create_agent", "delete_agent", "update_agent"],
    workspace_agent_devcontainers: ["create"],
    workspace_dormant: ["read", ...change, "stop"],
  },
} as const satisfies Record<OrganizationRole, Grants>;

/** What each member of an organization may there. */
export const memberGrants: Grants = {
  organization: ["read"],
  assign_org_role: ["read"],
  provisioner_daemon: ["read"],
};

/** What everybody may with what is their own. */
export const ownGrants: Grants = {
  api_key: all,
  file: ["create", "read"],
  group_member: ["read"],
  inbox_notification: ["read", "create", "update"],
  notification_message: ["read"],
  notification_preference: ["read", "update"],
  oauth2_app_code_token: ["read", "create", "delete"],
  oauth2_app_secret: all,
  organization_member: ["read"],
  provisioner_daemon: all,
  task: "every",
  user: ["read", "read_personal", "update_personal"],
  user_secret: all,
  webpush_subscription: ["read", "create", "delete"],
  workspace: "every",
  workspace_agent_devcontainers: ["create"],
  workspace_dormant: ["read", ...change, "stop"],
};
