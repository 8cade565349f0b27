import type { Behaviour } from "./behaviour.ts";
import type { DurationSpans } from "./due.ts";
import type { OrganizationId, PresetId, TemplateId, TemplateVersionId, UserId } from "./ids.ts";
import type { Instant } from "./instant.ts";

export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly icon: string;
  readonly isDefault: boolean;
  readonly createdAt: Instant;
}

export const siteRoles = ["owner", "user-admin", "template-admin", "auditor"] as const;
/** Roles over the whole deployment. Everybody is a member, which is no entry here. */
export type SiteRole = (typeof siteRoles)[number];

export const organizationRoles = ["organization-admin"] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export interface Membership {
  readonly organizationId: OrganizationId;
  readonly roles: readonly OrganizationRole[];
}

export const userStatuses = ["active", "dormant", "suspended"] as const;
export type UserStatus = (typeof userStatuses)[number];

export interface User {
  readonly id: UserId;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly avatarUrl: string;
  readonly status: UserStatus;
  readonly roles: readonly SiteRole[];
  readonly memberships: readonly Membership[];
  readonly githubUserId?: number;
  readonly createdAt: Instant;
}

/** A session token. Its text is `<key id>-<secret>`, or any literal text that a scenario gives a user. */
export interface SessionToken {
  readonly text: string;
  readonly userId: UserId;
  readonly expiresAt?: Instant;
}

export interface Preset {
  readonly id: PresetId;
  readonly name: string;
  readonly description: string;
  readonly icon: string;
  readonly isDefault: boolean;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

export const parameterTypes = ["string", "number", "bool", "list(string)"] as const;
export type ParameterType = (typeof parameterTypes)[number];

/** What a workspace can be given when it is built. Values are texts, whatever their type. */
export interface TemplateParameter {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly type: ParameterType;
  /** Without one the parameter must be given. */
  readonly defaultValue?: string;
  /** Whether later builds may change it. */
  readonly isMutable: boolean;
  /** Whether it holds for one build alone. */
  readonly isEphemeral: boolean;
  readonly icon: string;
  /** The values that it may have; empty for any. */
  readonly options: readonly ParameterOption[];
}

export interface ParameterOption {
  readonly name: string;
  readonly value: string;
  readonly description: string;
  readonly icon: string;
}

/** A service where the user of a template has to sign in, too. */
export interface ExternalAuth {
  readonly id: string;
  readonly type: string;
  readonly displayName: string;
  readonly icon: string;
  readonly isAuthenticated: boolean;
  readonly isOptional: boolean;
}

export const importStatuses = ["pending", "running", "succeeded", "failed", "canceled"] as const;
/** How far the import of a template version has come; only a succeeded one can be built. */
export type ImportStatus = (typeof importStatuses)[number];

export interface TemplateVersion {
  readonly id: TemplateVersionId;
  readonly name: string;
  /** Whether the version has the AI task resource without which no task can be made from it. */
  readonly hasAiTask: boolean;
  readonly archived: boolean;
  readonly importStatus: ImportStatus;
  readonly presets: readonly Preset[];
  readonly parameters: readonly TemplateParameter[];
  readonly externalAuth: readonly ExternalAuth[];
  readonly createdAt: Instant;
}

export interface Template {
  readonly id: TemplateId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly icon: string;
  /** Why it must not be used any more; empty while it may. */
  readonly deprecated: string;
  readonly deleted: boolean;
  readonly activeVersionId: TemplateVersionId;
  /** Oldest first. */
  readonly versions: readonly TemplateVersion[];
  readonly durations: DurationSpans;
  readonly behaviour: Behaviour;
  readonly createdAt: Instant;
}
