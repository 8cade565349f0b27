import { expect } from "vitest";
import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import type { MockServer } from "../../src/client/mock-server.ts";
import type { Profile } from "../../src/domain/revision.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";
import { SocketClient } from "../support/socket-client.ts";
import type { TestFlags } from "../support/test-mock.ts";
import type { OpenSocket, Surroundings } from "./surroundings.ts";

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
      openSocket: async (path, headers) =>
        this.#readable(path, await SocketClient.open(`${url}/api/v2${path}`, headers)),
    };
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

  /** Time goes by in small steps until the build has ended that the socket tells of, and no further. */
  #readable(path: string, socket: SocketClient): OpenSocket {
    const [, build = ""] = /^\/workspacebuilds\/([^/]+)\/logs\?/.exec(path) ?? [];
    return {
      frames: socket.frames,
      closed: async () => {
        while (this.#isUnderWay(build)) await this.mock.clock.advance("100ms");
        expect(await socket.closed()).toBe(1000);
      },
      frame: async (index) => {
        while (socket.frames.length <= index) await this.#pause(1);
        return socket.frames[index] ?? "";
      },
      leave: () => socket.leave(),
    };
  }

  #isUnderWay(id: string): boolean {
    const { workspaces } = this.#served.mock.host.world.tables;
    const builds = [...workspaces.values()].flatMap((workspace) => workspace.builds);
    const build = builds.find((one) => one.id === id);
    return build !== undefined && build.job.completedAt === undefined;
  }
}
