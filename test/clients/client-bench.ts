import { expect } from "vitest";
import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import type { MockServer } from "../../src/client/mock-server.ts";
import type { Profile } from "../../src/domain/revision.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import { SocketClient } from "../support/socket-client.ts";
import type { TestFlags } from "../support/test-mock.ts";
import { EventClient } from "./event-client.ts";
import { ApiError, type OpenSocket, type Surroundings } from "./surroundings.ts";

/** Seconds of the world: who waits longer waits for ever. */
const patience = 25 * 60;

/** A mock that listens, and what a client of it runs in: time that goes by as the client waits. */
export class ClientBench implements AsyncDisposable {
  readonly #served: ServedMock;
  readonly mock: MockServer;
  #waited = 0;
  readonly #plans: (() => Promise<unknown>)[] = [];

  private constructor(served: ServedMock, mock: MockServer) {
    this.#served = served;
    this.mock = mock;
  }

  /** In the shapes of deployments, unless it is told otherwise. */
  static async open(flags: TestFlags = {}): Promise<ClientBench> {
    const served = await serveMock({ profile: "wire", ...flags });
    return new ClientBench(served, await connectMockServer(served.url));
  }

  as(user: string): Surroundings {
    const { url } = this.mock;
    return {
      url,
      token: this.mock.token(user),
      pause: (seconds) => this.#pause(seconds),
      openSocket: async (path, headers) => this.#readable(path, await openSocket(url, path, headers)),
      openEvents: async (path, headers) => {
        const source = await EventClient.open(`${url}/api/v2${path}`, headers);
        return { frame: (index) => this.#frame(source.frames, index), leave: async () => source.leave() };
      },
    };
  }

  /** Begins anew with only these templates, and with these users of the fixtures. */
  async only(state: {
    readonly templates: readonly object[];
    readonly users: readonly string[];
  }): Promise<void> {
    await this.mock.state.replace({ ...state });
  }

  /** An operation is not there, as with a deployment that does not know it. */
  async answerNotFound(operation: string): Promise<void> {
    await this.mock.faults.add({ match: { operation }, fault: { kind: "status", status: 404 } });
  }

  /** What happens beside the client, one each as it begins to wait the next times. */
  whileWaiting(...plans: readonly (() => Promise<unknown>)[]): void {
    this.#plans.push(...plans);
  }

  /** Nothing was against the contract, and all was the mock's own work but for calls of what the revision lacks. */
  async expectFairExchanges({ lacking = [] }: { readonly lacking?: readonly string[] } = {}): Promise<void> {
    expect((await this.mock.violations.list()).violations).toEqual([]);
    const { requests } = await this.mock.requests.list({ limit: 1_000 });
    const others = requests.filter(({ outcome }) => outcome !== "handled" && outcome !== "refused");
    const calls = others.map(({ outcome, method, path }) => `${outcome} ${method} ${path.split("/").at(-1)}`);
    expect(calls.toReversed()).toEqual(lacking.map((action) => `no-match POST ${action}`));
  }

  /** The oldest revision in whose shapes the client could have done the same, and the oldest that takes its requests. */
  async needs(profile: Profile) {
    const { judged, mistakes, profiles } = await this.mock.compatibility();
    expect([judged > 0, mistakes.count]).toEqual([true, 0]);
    const part = profiles.find((one) => one.profile === profile);
    return { whole: part?.smallest, requests: part?.smallest_for_requests };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mock.close();
    await this.#served[Symbol.asyncDispose]();
  }

  async #pause(seconds: number): Promise<void> {
    this.#waited += seconds;
    if (this.#waited > patience) throw new Error("The client has waited for too long.");
    await this.#plans.shift()?.();
    await this.mock.clock.advance(`${seconds}s`);
  }

  /**
   * Time goes by in small steps until the socket has closed. It stands still from the end of the build on, so that one
   * that stays open longer never closes; whether one that closed did so too early is for the client to find out.
   */
  #readable(path: string, socket: SocketClient): OpenSocket {
    const [, build = ""] = /^\/workspacebuilds\/([^/]+)\/logs\?/.exec(path) ?? [];
    return {
      frames: socket.frames,
      closed: async () => {
        while (socket.closedWith === undefined && this.#isUnderWay(build)) {
          await this.mock.clock.advance("100ms");
        }
        expect(await socket.closed()).toBe(1000);
      },
      frame: (index) => this.#frame(socket.frames, index),
      leave: () => socket.leave(),
    };
  }

  async #frame(frames: readonly string[], index: number): Promise<string> {
    while (frames.length <= index) await this.#pause(1);
    return frames[index] ?? "";
  }

  #isUnderWay(id: string): boolean {
    const { workspaces } = this.#served.mock.host.world.tables;
    const builds = [...workspaces.values()].flatMap((workspace) => workspace.builds);
    const build = builds.find((one) => one.id === id);
    return build !== undefined && build.job.completedAt === undefined;
  }
}

/** What lines say. */
export function outputsOf(lines: readonly { readonly output: string }[]): readonly string[] {
  return lines.map(({ output }) => output);
}

async function openSocket(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<SocketClient> {
  try {
    return await SocketClient.open(`${url}/api/v2${path}`, headers);
  } catch (error) {
    const [, status, text = ""] = /^(\d{3}) (.*)$/s.exec(error instanceof Error ? error.message : "") ?? [];
    throw status === undefined ? error : new ApiError("GET", path, { status: Number(status), text });
  }
}
