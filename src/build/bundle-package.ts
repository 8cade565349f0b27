import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { packageRoot } from "../runtime/package-root.ts";
import { thirdPartyLicences } from "./third-party.ts";

/** What a program or a test imports, by its place in the output. */
const entryPoints = {
  "cli/main": "src/cli/main.ts",
  index: "src/index.ts",
  fetch: "src/fetch.ts",
  "testing/vitest": "src/testing/vitest.ts",
  "testing/vitest-global-setup": "src/testing/vitest-global-setup.ts",
  "testing/playwright": "src/testing/playwright.ts",
};

/** Packages that a start can do without stay outside and are loaded when they are needed. */
const loadedLate = ["@faker-js/faker", "@stoplight/prism-http", "pino", "yaml"];

/** Test runners are the user's own: a copy beside the one that runs would know nothing of the tests. */
const testRunners = ["vitest", "@playwright/test"];

/**
 * Express loads its body parser, and with it tables of two hundred character sets, whether or not anybody uses it. We read
 * bodies ourselves.
 */
const withoutBodyParser: Plugin = {
  name: "without-body-parser",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^body-parser$/ }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {};" }));
  },
};

/**
 * Puts the program and what it needs for a start into few files of a folder: Node spends more time on finding and linking four
 * hundred modules than on running them (docs/decisions/006-json-prepared-at-build.md).
 */
export async function bundlePackage(folder: string): Promise<void> {
  rmSync(join(folder, "chunks"), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    entryPoints,
    outdir: folder,
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifySyntax: true,
    minifyWhitespace: true,
    external: [...loadedLate, ...testRunners],
    plugins: [withoutBodyParser],
    // Express and ajv are CommonJS; inside an ES module their `require` of Node's own modules has to come from somewhere.
    banner: {
      js: 'import{createRequire as makeRequire}from"node:module";const require=makeRequire(import.meta.url);',
    },
    metafile: true,
    logLevel: "warning",
  });
  const notices = thirdPartyLicences(packageRoot, Object.keys(metafile.inputs));
  writeFileSync(join(folder, "third-party-licences.txt"), notices);
}
