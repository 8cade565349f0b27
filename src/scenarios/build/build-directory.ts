import type { AgentScript } from "../../domain/agent-script.ts";
import { plainBehaviour } from "../../domain/behaviour.ts";
import type { Membership, Organization, SessionToken, Template, User } from "../../domain/directory.ts";
import type { DurationSpans } from "../../domain/due.ts";
import type { IdSource } from "../../domain/id-source.ts";
import { asId } from "../../domain/ids.ts";
import type { WorldTables } from "../../domain/world-tables.ts";
import { withBehaviour } from "../behaviour-from-record.ts";
import { type Moments, withDurations } from "../moments.ts";
import type { OrganizationRecord, TokenRecord, UserRecord } from "../scenario-document.ts";
import type { TemplateRecord } from "../template-document.ts";
import { buildVersion } from "./build-version.ts";

export interface BuildContext {
  readonly tables: WorldTables;
  readonly ids: IdSource;
  readonly durations: DurationSpans;
  readonly moments: Moments;
  /** Every script that a template or task names, by name. */
  readonly scripts: ReadonlyMap<string, AgentScript>;
}

export interface DirectoryRecords {
  readonly organizations: readonly OrganizationRecord[];
  readonly users: readonly UserRecord[];
  readonly templates: readonly TemplateRecord[];
  readonly defaultUsername: string | undefined;
}

/** The token of the API's own samples; the default user's in every scenario that does not give it to somebody else. */
const sampleToken = "API_KEY";

/** Age of what has been there since long before the first task, when its record does not say. */
const establishedAge = "90d";

/** Organizations, users and templates of a start state by name, for the tasks that refer to them. */
export class Directory {
  readonly context: BuildContext;
  readonly #organizations = new Map<string, Organization>();
  readonly #templates = new Map<string, Template>();

  constructor(records: DirectoryRecords, context: BuildContext) {
    this.context = context;
    for (const record of records.organizations) this.#addOrganization(record);
    for (const record of records.users) this.#addUser(record);
    for (const record of records.templates) this.#addTemplate(record);
    this.#addTokens(records);
  }

  user(username: string): User {
    return found(this.context.tables.userNamed(username), username);
  }

  organization(name: string): Organization {
    return found(this.#organizations.get(name), name);
  }

  /** By `name` or `organization/name`. */
  template(reference: string): Template {
    return found(this.#templates.get(reference), reference);
  }

  #addOrganization(record: OrganizationRecord): void {
    const { ids, moments, tables } = this.context;
    const organization: Organization = {
      id: asId(record.id ?? ids.named("organization", record.name)),
      name: record.name,
      displayName: record.display_name ?? record.name,
      description: record.description ?? "",
      icon: record.icon ?? "",
      isDefault: record.default ?? this.#organizations.size === 0,
      createdAt: moments.at(record.created ?? establishedAge),
    };
    this.#organizations.set(record.name, organization);
    tables.saveOrganization(organization);
  }

  #addUser(record: UserRecord): void {
    const { ids, moments, tables } = this.context;
    tables.saveUser({
      id: asId(record.id ?? ids.named("user", record.username)),
      username: record.username,
      name: record.name ?? "",
      email: record.email ?? `${record.username.toLowerCase()}@example.com`,
      avatarUrl: record.avatar_url ?? "",
      status: record.status ?? "active",
      roles: record.roles ?? [],
      memberships: (record.organizations ?? [...this.#organizations.keys()].slice(0, 1)).map((membership) =>
        this.#membership(membership),
      ),
      ...(record.github_user_id === undefined ? {} : { githubUserId: record.github_user_id }),
      createdAt: moments.at(record.created ?? establishedAge),
    });
  }

  #membership(record: NonNullable<UserRecord["organizations"]>[number]): Membership {
    const { name, roles = [] } = typeof record === "string" ? { name: record } : record;
    return { organizationId: this.organization(name).id, roles };
  }

  #addTokens({ users, defaultUsername }: DirectoryRecords): void {
    const stated = users.flatMap(statedTokens).map(({ token }) => token);
    const defaultUser = defaultUsername?.toLowerCase();
    for (const record of users) {
      for (const token of this.#tokensOf(record)) this.context.tables.saveToken(token);
      const isDefault = record.username.toLowerCase() === defaultUser && record.tokens === undefined;
      if (isDefault && !stated.includes(sampleToken)) {
        this.context.tables.saveToken({ text: sampleToken, userId: this.user(record.username).id });
      }
    }
  }

  #tokensOf(record: UserRecord): readonly SessionToken[] {
    const { ids, moments } = this.context;
    const userId = this.user(record.username).id;
    const { username } = record;
    if (record.token === undefined && record.tokens === undefined) {
      const text = `${ids.text("token-key", username, 10)}-${ids.text("token-secret", username, 22)}`;
      return [{ text, userId }];
    }
    return statedTokens(record).map(({ token, expires }) => ({
      text: token,
      userId,
      ...(expires === undefined ? {} : { expiresAt: moments.at(expires) }),
    }));
  }

  #addTemplate(record: TemplateRecord): void {
    const { durations, moments, tables, ids } = this.context;
    const organization = this.organization(record.organization);
    const path = `${organization.name}/${record.name}`;
    const createdAt = moments.at(record.created ?? establishedAge);
    const versions = (record.versions ?? [{ name: "v1" }]).map((version) =>
      buildVersion(version, { path, createdAt, ai: record.ai ?? true }, this.context),
    );
    const active = versions.find(({ name }) => name === record.active_version) ?? versions.at(-1);
    const template: Template = {
      id: asId(record.id ?? ids.named("template", path)),
      organizationId: organization.id,
      name: record.name,
      displayName: record.display_name ?? record.name,
      description: record.description ?? "",
      icon: record.icon ?? "",
      deprecated: record.deprecated ?? "",
      deleted: record.deleted ?? false,
      activeVersionId: found(active, path).id,
      versions,
      durations: withDurations(durations, record.durations),
      behaviour: withBehaviour(plainBehaviour, record.behaviour, this.context.scripts),
      createdAt,
    };
    this.#templates.set(record.name, template);
    this.#templates.set(path, template);
    tables.saveTemplate(template);
  }
}

/** The tokens that a record spells out. */
export function statedTokens(record: UserRecord): readonly TokenRecord[] {
  const listed = (record.tokens ?? []).map((token) => (typeof token === "string" ? { token } : token));
  return record.token === undefined ? listed : [{ token: record.token }, ...listed];
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`"${name}" is not known, although the scenario was checked.`);
  return value;
}
