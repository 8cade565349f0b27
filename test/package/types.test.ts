import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, test } from "vitest";
import { compile, resolutions } from "./compile.ts";

const folder = inject("installed");

test("publint finds nothing to complain about", async () => {
  const bytes = readFileSync(inject("archive").file);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, level: "suggestion", strict: true });
  expect(pkg).toMatchObject({ name: "coder-tasks-mock" });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

test.each(resolutions)(
  "a project with modules by %s compiles with nothing else than the types of Node",
  (_, modules) => {
    const file = join(folder, "consumer.ts");
    copyFileSync(join(import.meta.dirname, "consumer.ts"), file);
    expect(compile([file], { ...modules, skipLibCheck: false })).toEqual([]);
  },
);

test("a mistake is found", () => {
  const file = join(folder, "mistake.ts");
  copyFileSync(join(import.meta.dirname, "mistake.txt"), file);
  expect(compile([file], { ...resolutions[0][1], skipLibCheck: true })).toEqual([
    expect.stringContaining("'scenaro' does not exist in type 'FetchMockOptions'"),
  ]);
});
