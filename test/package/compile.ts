import { join } from "node:path";
import ts from "typescript";
import { packageRoot } from "../../src/runtime/package-root.ts";

/** The two ways in which projects of today find modules. */
export const resolutions = [
  ["nodenext", { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
  ["bundler", { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
] as const satisfies readonly (readonly [string, ts.CompilerOptions])[];

/** What the compiler, as strict as it can be, has against files of a project in which the package is installed. */
export function compile(files: readonly string[], options: ts.CompilerOptions): readonly string[] {
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts"],
    typeRoots: [join(packageRoot, "node_modules", "@types")],
    types: ["node"],
    noEmit: true,
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
