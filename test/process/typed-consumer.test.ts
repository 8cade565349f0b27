import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { readPage } from "../support/docs-samples.ts";

const cache = join(packageRoot, "node_modules", ".cache");
const sources = join(packageRoot, "src");
const strict: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noEmit: true,
};

describe("a project that uses the package", () => {
  let folder = "";
  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, "consumer-"));
    installTypes(join(folder, "node_modules", "coder-tasks-mock"));
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("compiles as strictly as it can, with nothing else installed than the types of Node", () => {
    const file = join(folder, "consumer.ts");
    // No source of the project for its own tools, which would look for the package in what was last built.
    copyFileSync(join(packageRoot, "test/embedding/consumer/consumer.ts.txt"), file);
    const program = ts.createProgram([file], {
      ...strict,
      lib: ["lib.es2023.d.ts"],
      types: ["node"],
      skipLibCheck: false,
    });
    expect(findingsOf(program)).toEqual([]);
    const others = program
      .getSourceFiles()
      .map(({ fileName }) => relative(packageRoot, fileName))
      .filter(
        (name) =>
          !/^node_modules\/(?:\.cache\/|typescript\/lib\/|@types\/node\/|undici-types\/|buffer\/)/.test(name),
      );
    expect(others).toEqual([]);
  });

  test("compiles with the samples of docs/embedding.md", () => {
    const files = [...readPage("docs/embedding.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
      ([, sample = ""], index) => {
        const file = join(folder, `sample-${index + 1}.ts`);
        writeFileSync(file, sample);
        return file;
      },
    );
    expect(files.length).toBeGreaterThan(2);
    const program = ts.createProgram(files, { ...strict, types: ["node"], skipLibCheck: true });
    expect(findingsOf(program)).toEqual([]);
  });
});

/** The package as it is installed, as far as the compiler looks: its description, and the types that its entries lead to. */
function installTypes(folder: string): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(packageRoot, "package.json"), join(folder, "package.json"));
  const { config } = ts.readConfigFile(join(sources, "tsconfig.build.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, sources);
  const { tsBuildInfoFile: _, incremental: __, ...build } = options;
  const entries = [
    "index.ts",
    "testing/vitest.ts",
    "testing/vitest-global-setup.ts",
    "testing/playwright.ts",
  ];
  const wanted = new Set(entries.map((name) => join(sources, name)));
  const program = ts.createProgram([...wanted], { ...build, outDir: join(folder, "dist") });
  for (const file of wanted) {
    program.emit(program.getSourceFile(file), (name, text) => {
      ts.sys.writeFile(name, text);
      for (const { fileName } of ts.preProcessFile(text).importedFiles) {
        if (fileName.startsWith(".")) wanted.add(join(dirname(file), fileName));
      }
    });
  }
}

function findingsOf(program: ts.Program): readonly string[] {
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
