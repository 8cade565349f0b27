import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import * as msw from "msw";
import * as mswNode from "msw/node";
import * as vitest from "vitest";
import { describe, expect, test } from "vitest";
import type { FetchMockOptions } from "../../src/runtime/embedding/fetch-mock-options.ts";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";

const samples = [...readPage("docs/fetch.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, text = ""], index) => [index + 1, text] as const,
);

const modules: Readonly<Record<string, unknown>> = {
  // As the package makes it, without reading its documents again.
  "coder-tasks-mock/fetch": {
    createFetchMock: (options: FetchMockOptions = {}) => openFetchMock(options, { assets }),
  },
  msw,
  "msw/node": mswNode,
  vitest,
};

describe.each(samples)("sample %i of docs/fetch.md passes as it stands there:", (_, sample) => {
  const { code } = transformSync(sample, { loader: "ts", format: "cjs", target: "node20" });
  // Its tests become tests of this file.
  compileFunction(code, ["require", "exports"])((name: string) => modules[name], {});
});

test("docs/fetch.md has samples", () => {
  expect(samples.length).toBe(2);
});
