import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import * as vitest from "vitest";
import { describe, expect, test } from "vitest";
import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import { openMockServer } from "../../src/runtime/embedding/open-mock-server.ts";
import type { StartedMockServer } from "../../src/runtime/embedding/started-mock-server.ts";
import { assets } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";

const [, sample = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(readPage("docs/container.md")) ?? [];

/** Does as Testcontainers does, with a mock of this process in place of a container. */
class GenericContainer {
  readonly #image: string;
  #words: readonly string[] = [];
  #variables: Readonly<Record<string, string>> = {};
  #mock: StartedMockServer | undefined;

  constructor(image: string) {
    this.#image = image;
  }

  withCommand(words: readonly string[]): this {
    this.#words = words;
    return this;
  }

  withEnvironment(variables: Readonly<Record<string, string>>): this {
    this.#variables = variables;
    return this;
  }

  withExposedPorts(port: number): this {
    expect(port).toBe(8080);
    return this;
  }

  withWaitStrategy(strategy: string): this {
    expect(strategy).toBe("health");
    return this;
  }

  async start() {
    expect(this.#image).toBe("coder-tasks-mock");
    const [flag, scenario] = this.#words;
    expect(flag).toBe("--scenario");
    const adminToken = this.#variables["CODER_TASKS_MOCK_ADMIN_TOKEN"];
    const mock = await openMockServer({ scenario, adminToken }, { assets });
    this.#mock = mock;
    const { hostname, port } = new URL(mock.url);
    return {
      getHost: () => hostname,
      getMappedPort: () => Number(port),
      stop: () => this.#mock?.close(),
    };
  }
}

const modules: Readonly<Record<string, unknown>> = {
  "coder-tasks-mock": { connectMockServer },
  testcontainers: { GenericContainer, Wait: { forHealthCheck: () => "health" } },
  vitest,
};

describe("the sample for Testcontainers of docs/container.md passes, with another container in its place:", () => {
  const { code } = transformSync(sample, { loader: "ts", format: "cjs", target: "node20" });
  // Its tests become tests of this file.
  compileFunction(code, ["require", "exports"])((name: string) => modules[name], {});
});

test("docs/container.md has a sample for Testcontainers", () => {
  expect(sample).toContain('from "testcontainers"');
});
