import { canRead } from "../../domain/access.ts";
import { type Connection, connections } from "../../domain/agent.ts";
import type { User } from "../../domain/directory.ts";
import type { Instant } from "../../domain/instant.ts";
import { inOrderOfKeys, parseSearch, type SearchLanguage } from "../../domain/search-query.ts";
import { type WorkspaceStatus, workspaceStatus, workspaceStatuses } from "../../domain/task-status.ts";
import { type Build, isDeleted, latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { Decoded } from "../decode-fields.ts";
import type { CallerCall } from "../operation.ts";
import { firstOf } from "../query.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import {
  booleanTerm,
  choiceTerm,
  complaintsOf,
  instantTerm,
  organizationTerm,
  valueIn,
} from "../search-terms.ts";
import { compareTexts } from "./compare-texts.ts";
import { lastUsedAt } from "./last-used-at.ts";
import { readPage, rowsOf } from "./page.ts";
import { presentWorkspace } from "./present-workspace.ts";

const keys = [
  "owner",
  "template",
  "name",
  "status",
  "has-agent",
  "dormant",
  "last_used_after",
  "last_used_before",
  "outdated",
  "has-ai-task",
  "has_external_agent",
  "organization",
] as const;
type Key = (typeof keys)[number];

const language: SearchLanguage<Key> = {
  keys,
  bare(words) {
    const [first = "", second, ...more] = words.split("/");
    if (more.length > 0) return { detail: `Query element "${words}" can only contain 1 "/"` };
    return second === undefined
      ? [["name", first]]
      : [
          ["owner", first],
          ["name", second],
        ];
  },
};

interface Filter {
  readonly owner: string | undefined;
  readonly name: string | undefined;
  readonly template: string | undefined;
  readonly organizationId: string | undefined;
  readonly status: WorkspaceStatus | undefined;
  readonly connection: Connection | undefined;
  readonly outdated: boolean | undefined;
  readonly dormant: boolean | undefined;
  readonly lastUsedAfter: Instant | undefined;
  readonly lastUsedBefore: Instant | undefined;
  readonly hasAiTask: boolean | undefined;
  readonly hasExternalAgent: boolean | undefined;
}

/** `GET /workspaces`: those that the caller may read; what runs first, then by owner and name. `count` is that of all pages. */
export function listWorkspaces(world: World, { caller, query }: CallerCall): Reply {
  const read = readPage(query);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const filter = readFilter(world, caller, firstOf(query, "q") ?? "");
  if (!filter.ok) return refuse(filter.refusal, world.rules);
  const found: Row[] = [];
  for (const workspace of world.tables.workspaces.values()) {
    const row = rowOf(world, workspace);
    if (row !== undefined && canRead(caller, workspace, workspace) && matches(world, row, filter.value))
      found.push(row);
  }
  const rows = rowsOf(found.sort(inOrder), read.page);
  return handled(200, {
    workspaces: rows.map(({ workspace }) => presentWorkspace(world, workspace)),
    count: found.length,
  });
}

function readFilter(world: World, caller: User, query: string): Decoded<Filter> {
  const parsed = parseSearch(query, language);
  const { terms } = parsed;
  const organization = organizationTerm(world, caller, terms.organization);
  const status = choiceTerm("status", terms.status, workspaceStatuses);
  const connection = choiceTerm("has-agent", terms["has-agent"], connections);
  const outdated = booleanTerm("outdated", terms.outdated);
  const dormant = booleanTerm("dormant", terms.dormant);
  const hasAiTask = booleanTerm("has-ai-task", terms["has-ai-task"]);
  const hasExternalAgent = booleanTerm("has_external_agent", terms.has_external_agent);
  const after = instantTerm("last_used_after", terms.last_used_after);
  const before = instantTerm("last_used_before", terms.last_used_before);
  const booleans = [outdated, dormant, hasAiTask, hasExternalAgent];
  const wrong = complaintsOf([organization, status, connection, after, before, ...booleans]);
  const complaints = inOrderOfKeys([...wrong, ...(parsed.ok ? [] : parsed.complaints)], language);
  if (complaints.length > 0) {
    return { ok: false, refusal: { kind: "bad-search", things: "workspace", complaints } };
  }
  const value: Filter = {
    // Provider: an owner whom nobody knows is no mistake here, he has no workspaces.
    owner: terms.owner === "me" ? caller.username.toLowerCase() : terms.owner,
    name: terms.name,
    template: terms.template,
    organizationId: valueIn(organization),
    status: valueIn(status),
    connection: valueIn(connection),
    outdated: valueIn(outdated),
    dormant: valueIn(dormant),
    lastUsedAfter: valueIn(after),
    lastUsedBefore: valueIn(before),
    hasAiTask: valueIn(hasAiTask),
    hasExternalAgent: valueIn(hasExternalAgent),
  };
  return { ok: true, value };
}

interface Row {
  readonly workspace: Workspace;
  readonly build: Build;
  readonly status: WorkspaceStatus;
  /** The owner's username. */
  readonly owner: string;
}

function rowOf({ directory }: World, workspace: Workspace): Row | undefined {
  const build = latestBuild(workspace);
  if (build === undefined || isDeleted(workspace)) return undefined;
  const owner = directory.users.get(workspace.ownerId)?.username.toLowerCase() ?? "";
  return { workspace, build, owner, status: workspaceStatus(build.transition, build.job.status) };
}

function inOrder(one: Row, other: Row): number {
  const runs = Number(other.status === "running") - Number(one.status === "running");
  const [name, otherName] = [one.workspace.name.toLowerCase(), other.workspace.name.toLowerCase()];
  return runs || compareTexts(one.owner, other.owner) || compareTexts(name, otherName);
}

function matches(world: World, { workspace, build, owner, status }: Row, filter: Filter): boolean {
  if (!isAsked(filter.owner, owner) || !isAsked(filter.status, status)) return false;
  if (!workspace.name.toLowerCase().includes(filter.name ?? "")) return false;
  if (!isAsked(filter.organizationId, workspace.organizationId)) return false;
  if (!isAsked(filter.connection, build.agent?.connection)) return false;
  if (!wasUsed(workspace, filter)) return false;
  // Nothing is ever dormant here, and nobody brings an agent of his own.
  if (!isAsked(filter.dormant, false) || !isAsked(filter.hasExternalAgent, false)) return false;
  return templateMatches(world, { workspace, build }, filter);
}

/** Provider: the instants themselves count, too. */
function wasUsed(workspace: Workspace, { lastUsedAfter, lastUsedBefore }: Filter): boolean {
  const at = lastUsedAt(workspace);
  return at >= (lastUsedAfter ?? at) && at <= (lastUsedBefore ?? at);
}

function templateMatches(
  { directory }: World,
  { workspace, build }: Pick<Row, "workspace" | "build">,
  filter: Filter,
): boolean {
  const template = directory.templates.get(workspace.templateId);
  const version = directory.templateOfVersion(build.templateVersionId)?.version;
  return (
    isAsked(filter.template, template?.name.toLowerCase()) &&
    isAsked(
      filter.outdated,
      template !== undefined && template.activeVersionId !== build.templateVersionId,
    ) &&
    isAsked(filter.hasAiTask, version?.hasAiTask === true)
  );
}

function isAsked<Value>(asked: Value | undefined, value: Value): boolean {
  return asked === undefined || asked === value;
}
