import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openFetchMock } from "../../src/runtime/embedding/open-fetch-mock.ts";
import { assets } from "../support/assets.ts";
import { denseSchemas } from "./dense-schemas.ts";

const folder = mkdtempSync(join(tmpdir(), "dense-"));
afterAll(() => rmSync(folder, { recursive: true }));

const content = { "application/json": { schema: { $ref: "#/components/schemas/Root" } } };

function denseDocument(count: number): object {
  return {
    openapi: "3.0.3",
    info: { title: "Dense", version: "1" },
    servers: [{ url: "/dense" }],
    paths: { "/root": { get: { responses: { 200: { description: "All there is.", content } } } } },
    components: { schemas: denseSchemas(count) },
  };
}

describe("schemas that all lead to each other", () => {
  test.each([5, 9, 40, 200])("have values that end, be there %i of them", async (count) => {
    const file = join(folder, `dense-${count}.json`);
    writeFileSync(file, JSON.stringify(denseDocument(count)));
    await using mock = await openFetchMock({ extend: [file] }, { assets });
    const headers = { "Coder-Session-Token": mock.token("olga") };
    const answer = await mock.fetch(`${mock.url}/dense/root`, { headers });
    expect([answer.status, answer.headers.get("x-mock-outcome")]).toEqual([200, "fallback"]);
    expect(await answer.json()).toEqual({ name: "string" });
  });
});
