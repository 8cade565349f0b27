import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { describe, expect, inject, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";

const folder = inject("installed");
const root = join(folder, "node_modules", "coder-tasks-mock");

test("publint finds nothing to complain about", async () => {
  const { file } = inject("archive");
  const bytes = readFileSync(file);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, level: "suggestion", strict: true });
  expect(pkg).toMatchObject({ name: "coder-tasks-mock" });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

describe.each([
  ["nodenext", { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
  ["bundler", { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
] as const)("a project whose modules are resolved as %s", (_, modules) => {
  test.each([["consumer.ts", "test/package/consumer.ts"]])(
    "compiles %s with nothing else than the types of Node",
    (name, source) => {
      const file = join(folder, name);
      copyFileSync(join(packageRoot, source), file);
      expect(findings([file], modules)).toEqual([]);
    },
  );
});

function findings(files: readonly string[], modules: ts.CompilerOptions): readonly string[] {
  const program = ts.createProgram(files, {
    ...modules,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts"],
    typeRoots: [join(packageRoot, "node_modules", "@types")],
    types: ["node"],
    skipLibCheck: false,
    noEmit: true,
  });
  expect(program.getSourceFiles().some(({ fileName }) => fileName.startsWith(root))).toBe(true);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
