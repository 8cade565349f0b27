import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "../runtime/package-root.ts";

/**
 * Puts the program and what it needs for a start into few files: Node spends more time on finding and linking four hundred
 * modules than on running them (docs/decisions/006-json-prepared-at-build.md). Packages that a start can do without stay outside
 * and are loaded when they are needed.
 */
const outside = ["@faker-js/faker", "@stoplight/prism-http", "pino", "yaml"];

rmSync(join(packageRoot, "dist", "chunks"), { recursive: true, force: true });
await build({
  absWorkingDir: packageRoot,
  entryPoints: { "cli/main": "src/cli/main.ts", index: "src/index.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  external: outside,
  // Express and ajv are CommonJS; inside an ES module their `require` of Node's own modules has to come from somewhere.
  banner: {
    js: 'import{createRequire as makeRequire}from"node:module";const require=makeRequire(import.meta.url);',
  },
  logLevel: "warning",
});
