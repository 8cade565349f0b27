import type { Agent, App } from "../domain/agent.ts";
import { moveAgent, setConnection } from "../domain/change-agent.ts";
import { asId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Moments } from "./moments.ts";
import type { AgentRecord, AppRecord } from "./scenario-document.ts";

/** An agent with what a record says of it, its new lifecycle and connection reached at an instant. */
export function withAgentRecord(
  agent: Agent,
  record: AgentRecord,
  { at, moments }: { readonly at: Instant; readonly moments: Moments },
): Agent {
  const named: Agent = {
    ...agent,
    id: record.id === undefined ? agent.id : asId(record.id),
    token: record.token ?? agent.token,
    name: record.name ?? agent.name,
    createdAt: moments.or(record.created, agent.createdAt),
    app: withAppRecord(agent.app, record.app),
  };
  const moved = record.lifecycle === undefined ? named : moveAgent(named, record.lifecycle, at);
  const connected = record.connection === undefined ? moved : setConnection(moved, record.connection, at);
  return withStamps(connected, record, moments);
}

/** An app with what a record says of it. */
function withAppRecord(app: App, record: AppRecord | undefined): App {
  if (record === undefined) return app;
  const { id, display_name: displayName, ...rest } = record;
  return {
    ...app,
    ...rest,
    ...(id === undefined ? {} : { id: asId(id) }),
    ...(displayName === undefined ? {} : { displayName }),
  };
}

function withStamps(agent: Agent, record: AgentRecord, moments: Moments): Agent {
  const { firstConnectedAt, lastConnectedAt, disconnectedAt, startedAt, readyAt, ...rest } = agent;
  const stamps = {
    firstConnectedAt: moments.orNone(record.first_connected, firstConnectedAt),
    lastConnectedAt: moments.orNone(record.last_connected, lastConnectedAt),
    disconnectedAt: moments.orNone(record.disconnected, disconnectedAt),
    startedAt: moments.orNone(record.started, startedAt),
    readyAt: moments.orNone(record.ready, readyAt),
  };
  return { ...rest, ...definedStamps(stamps) };
}

type Defined<Stamps> = { readonly [Name in keyof Stamps]?: Exclude<Stamps[Name], undefined> };

/** The stamps that are there: an absent stamp is an absent key, never undefined. */
export function definedStamps<Stamps extends Readonly<Record<string, Instant | undefined>>>(
  stamps: Stamps,
): Defined<Stamps> {
  const defined: Defined<Stamps> = {};
  for (const name in stamps) {
    if (stamps[name] !== undefined) Object.assign(defined, { [name]: stamps[name] });
  }
  return defined;
}
