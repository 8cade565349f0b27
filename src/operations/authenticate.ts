import type { Agent } from "../domain/agent.ts";
import type { User } from "../domain/directory.ts";
import { parseUuid } from "../domain/ids.ts";
import { formatInstant } from "../domain/instant.ts";
import type { Refusal, SessionComplaint } from "../domain/refusal.ts";
import { latestBuild, type Workspace } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";

type Signed<Who> =
  | { readonly ok: true; readonly who: Who }
  | { readonly ok: false; readonly refusal: Refusal };

/** The user behind a session token. */
export function authenticateUser(world: World, token: string | undefined): Signed<User> {
  if (token === undefined) return signedOut({ cause: "missing" });
  if (world.settings.auth === "any") {
    const user = userOfToken(world, token);
    return user === undefined ? signedOut({ cause: "unknown-key" }) : { ok: true, who: user };
  }
  const session = world.directory.tokens.get(token);
  if (session === undefined) return signedOut(whyUnknown(world, token));
  const user = world.directory.users.get(session.userId);
  if (user === undefined) return signedOut({ cause: "unknown-key" });
  const { expiresAt } = session;
  if (expiresAt !== undefined && expiresAt <= world.now) {
    return signedOut({ cause: "expired", at: formatInstant(expiresAt) });
  }
  if (user.status === "suspended") return { ok: false, refusal: { kind: "inactive-user" } };
  return { ok: true, who: user };
}

/** The user whom a token stands for, be it good or not; where any token is taken, the default user. */
export function userOfToken({ settings, start, directory }: World, token: string): User | undefined {
  const id = settings.auth === "any" ? start.defaultUserId : directory.tokens.get(token)?.userId;
  return id === undefined ? undefined : directory.users.get(id);
}

const keyIdLength = 10;
const secretLength = 22;

function whyUnknown(world: World, token: string): SessionComplaint {
  const parts = token.split("-");
  const [keyId, secret] = parts;
  if (parts.length !== 2 || keyId?.length !== keyIdLength || secret?.length !== secretLength) {
    return { cause: "format", parts: parts.length };
  }
  for (const known of world.directory.tokens.values()) {
    if (known.text.startsWith(`${keyId}-`)) return { cause: "wrong-secret" };
  }
  return { cause: "unknown-key" };
}

function signedOut(complaint: SessionComplaint): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: "session", complaint } };
}

/**
 * The workspace agent behind a token: one of a start build that is its workspace's latest and complete, or that a stop
 * build is just taking down, for an agent hands in its last messages on the way out.
 */
export function authenticateAgent(
  world: World,
  token: string | undefined,
): Signed<{ readonly agent: Agent; readonly workspace: Workspace }> {
  if (token === undefined) return agentRefused("missing", 0);
  const uuid = parseUuid(token);
  if (uuid === undefined) return agentRefused("format", token.length);
  const workspace = world.tables.workspaceOfAgentToken(uuid);
  const agent = workspace === undefined ? undefined : agentInService(workspace);
  if (workspace === undefined || agent === undefined || world.agentTokenText(agent) !== uuid)
    return agentRefused("unknown", token.length);
  return { ok: true, who: { agent, workspace } };
}

function agentInService(workspace: Workspace): Agent | undefined {
  const latest = latestBuild(workspace);
  const isGoing =
    latest?.transition === "stop" && (latest.job.status === "pending" || latest.job.status === "running");
  return isGoing ? workspace.builds.at(-2)?.agent : latest?.agent;
}

function agentRefused(
  cause: "missing" | "format" | "unknown",
  length: number,
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { kind: "agent-token", cause, length } };
}
