import { expect } from "vitest";
import type { After } from "../../src/engine/holds.ts";
import type { MockRequest, MockResponse } from "../../src/engine/journal/exchange.ts";
import type { WhenGone } from "../../src/operations/operation.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor, type Who } from "../support/world-builder.ts";

const contracts = await openContracts();

export const unavailable = { kind: "status", status: 503 };

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly who?: Who;
  readonly headers?: Readonly<Record<string, string>>;
  readonly whenGone?: WhenGone;
}

/** A world to plan faults in. */
export class FaultBench {
  readonly mock: AdminEngine;

  constructor(after: After) {
    this.mock = startAdminEngine({ contracts, after });
  }

  async plan(body: object): Promise<void> {
    const answer = await this.mock.admin("POST", "/faults", body);
    expect([answer.status, answer.body]).toMatchObject([201, {}]);
  }

  /** A request to the API as it is answered, whatever becomes of the connection. */
  ask({
    method = "GET",
    path = "/tasks",
    who = "siteOwner",
    headers,
    whenGone,
  }: Ask = {}): Promise<MockResponse> {
    const request: MockRequest = {
      method,
      path: `/api/v2${path}`,
      search: "",
      headers: { host: "localhost", "coder-session-token": tokenFor(who), ...headers },
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    };
    return this.mock.engine.handle(request, whenGone);
  }

  /** Name, seen, hits and remaining of each fault. */
  async counts(): Promise<readonly unknown[]> {
    const { body } = await this.mock.admin("GET", "/faults");
    return body.faults.map(({ name, seen, hits, remaining }: Record<string, unknown>) => [
      name,
      seen,
      hits,
      remaining,
    ]);
  }

  /** A task that may be deleted, since no build of it is under way. */
  async settledTask(): Promise<void> {
    await createTask(this.mock, "fix-it");
    await this.mock.admin("POST", "/tasks/fix-it/settle");
  }
}

/** Lets go on what waits for nothing but its turn. */
export async function turn(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await Promise.resolve();
}
