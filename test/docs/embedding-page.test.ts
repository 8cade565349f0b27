import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import supertest from "supertest";
import * as vitest from "vitest";
import { afterAll, describe, expect, test } from "vitest";
import { adminRoutes } from "../../src/client/admin-routes.ts";
import * as embedding from "../../src/index.ts";
import type { MockServerOptions } from "../../src/runtime/embedding/mock-server-options.ts";
import { openMockServer } from "../../src/runtime/embedding/open-mock-server.ts";
import { createWorldTest } from "../../src/testing/vitest.ts";
import { assets } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";

const page = readPage("docs/embedding.md");
const server = await start({ adminToken: "a-token-of-the-page" });

afterAll(() => server.close());

const modules: Readonly<Record<string, unknown>> = {
  "coder-tasks-mock": { ...embedding, startMockServer: start },
  "coder-tasks-mock/vitest": {
    test: createWorldTest({ mockServer: { url: server.url, adminToken: server.adminToken } }),
  },
  supertest,
  vitest,
};

/** Those with tests in them; test/process/playwright-fixture.test.ts runs those for Playwright. */
const samples = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
  .map(([, text = ""]) => text)
  .filter((text) => /^ *test\(/m.test(text) && !text.includes("@playwright/test"));

describe.each(samples.map((text) => [text.split("\n", 1)[0], text]))(
  "the sample of docs/embedding.md that begins with %s passes as it stands there:",
  (_, sample = "") => {
    const { code } = transformSync(sample, { loader: "ts", format: "cjs", target: "node20" });
    const environment = { MOCK_URL: server.url, MOCK_ADMIN_TOKEN: server.adminToken };
    // Its tests become tests of this file.
    compileFunction(code, ["require", "process", "exports"])(moduleNamed, { env: environment }, {});
  },
);

describe("the table of docs/embedding.md", () => {
  const rows = [...page.matchAll(/^\| `([A-Z]+ \/[^`]*)` \| (.*) \|$/gm)].map(
    ([, call = "", twins = ""]) => ({
      call,
      twins: [...twins.matchAll(/`(mock|world|task)\.([\w.]+)\(/g)].map(([, base = "", path = ""]) => [
        base,
        path,
      ]),
    }),
  );

  test("has every operation of the admin API, each with a method", () => {
    expect(rows.map(({ call }) => call).sort()).toEqual(Object.values(adminRoutes).sort());
    expect(rows.filter(({ twins }) => twins.length === 0)).toEqual([]);
  });

  test("names methods that there are", () => {
    const bases: Readonly<Record<string, object>> = {
      mock: server,
      world: server,
      task: server.task("dark-mode"),
    };
    const missing = rows
      .flatMap(({ twins }) => twins)
      .filter(([base = "", path = ""]) => {
        const method = path
          .split(".")
          .reduce<unknown>((holder, name) => Reflect.get(Object(holder), name), bases[base]);
        return typeof method !== "function";
      });
    expect(missing).toEqual([]);
  });

  test("agrees with the document of the admin API", async () => {
    const { paths } = JSON.parse(JSON.stringify(await server.adminDocument()));
    const documented = Object.entries<Record<string, { operationId?: string }>>(paths).flatMap(
      ([path, item]) =>
        Object.entries(item).flatMap(([method, { operationId }]) =>
          operationId === undefined ? [] : [[operationId, `${method.toUpperCase()} ${path}`]],
        ),
    );
    expect(adminRoutes).toEqual(Object.fromEntries(documented));
  });
});

test("docs/embedding.md has every code of an error", async () => {
  const source = readPage("src/client/mock-error.ts");
  const union = source.slice(0, source.indexOf(";\n", source.indexOf("type MockErrorCode")));
  const codes = [...union.matchAll(/\| "([a-z-]+)"/g)].map(([, code = ""]) => code);
  const section = page.slice(page.indexOf("## What goes wrong"));
  const told = [...section.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|/gm)].flatMap(([, cell = ""]) =>
    cell.replaceAll("`", "").split(", "),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(told.sort()).toEqual(codes.sort());
});

/** As the package starts it, without reading its documents again. */
function start(options: MockServerOptions = {}) {
  return openMockServer(options, { assets });
}

function moduleNamed(name: string): unknown {
  const found = modules[name];
  if (found === undefined)
    throw new Error(`A sample of docs/embedding.md imports ${name}, which this test does not know.`);
  return found;
}
