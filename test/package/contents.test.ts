import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";

const archive = inject("archive");
const root = join(inject("installed"), "node_modules", "coder-tasks-mock");

/** Everything that may be in the archive. */
const needed: readonly RegExp[] = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(?:index|fetch|cli\/main|testing\/[\w-]+|chunks\/[\w-]+)\.js$/,
  /^dist\/(?:[\w-]+\/)*[\w-]+\.d\.ts$/,
  /^dist\/assets\/(?:scenarios|contracts\/[\w.-]+)\.json$/,
  /^dist\/assets\/verdicts\/[\w.-]+\.cjs$/,
  /^dist\/third-party-licences\.txt$/,
  /^spec\/(?:[\w-]+\/)?[\w.-]+\.(?:yaml|schema\.json|md)$/,
  /^(?:scenarios|fixtures(?:\/\w+)?)\/[\w-]+\.yaml$/,
  /^docs\/(?:rules\/|recipes\/)?[\w-]+\.md$/,
  /^docs\/recipes\/[\w-]+\/[\w.-]+\.(?:ts|json|html|css|yml|conf)$/,
];

describe("the archive", () => {
  test("has only what is needed", () => {
    expect(archive.paths.filter((path) => !needed.some((rule) => rule.test(path)))).toEqual([]);
    expect(needed.filter((rule) => !archive.paths.some((path) => rule.test(path)))).toEqual([]);
  });

  test("has the page of every rule that messages lead to", () => {
    const rules = readdirSync(join(packageRoot, "docs/rules")).map((name) => `docs/rules/${name}`);
    expect(rules.filter((page) => !archive.paths.includes(page))).toEqual([]);
  });

  test("has every recipe with its files", () => {
    const recipes = readdirSync(join(packageRoot, "docs/recipes"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^\.|\.png$/.test(entry.name))
      .map(({ parentPath, name }) => relative(packageRoot, join(parentPath, name)).replaceAll("\\", "/"));
    expect(recipes.filter((path) => !archive.paths.includes(path))).toEqual([]);
  });

  test("has pages whose links lead to others of it, but for those about the making of the mock", () => {
    const making = /^(?:AGENTS\.md|bench\/.+|docs\/decisions\/.+)$/;
    const pages = archive.paths.filter((path) => path.endsWith(".md"));
    const targets = pages.flatMap((page) =>
      [...readFileSync(join(root, page), "utf8").matchAll(/\]\((?![a-z]+:)([^)\s#]+)[^)]*\)/g)].map(
        ([, target = ""]) => join(dirname(page), target).replaceAll("\\", "/"),
      ),
    );
    const isThere = (target: string) =>
      archive.paths.some((path) => path === target || path.startsWith(`${target}/`));
    expect(targets.filter((target) => !isThere(target) && !making.test(target))).toEqual([]);
  });

  test("has types that no type can do without, and no types of other packages but those of Node and test runners", () => {
    const types = archive.paths.filter((path) => path.endsWith(".d.ts"));
    const imports = types.flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/(?:from |import\()"([^"]+)"/g)].map(
        ([, name = ""]) => (name.startsWith(".") ? join(dirname(path), name) : name),
      ),
    );
    const entries = ["index", "fetch", "testing/vitest", "testing/vitest-global-setup", "testing/playwright"];
    const reached = new Set([
      ...imports.map((name) => name.replace(/\.[jt]s$/, ".d.ts")),
      ...entries.map((name) => `dist/${name}.d.ts`),
    ]);
    expect(types.filter((path) => !reached.has(path))).toEqual([]);
    const packages = new Set(imports.filter((name) => !name.startsWith("dist/")));
    expect([...packages].sort()).toEqual(["@playwright/test", "node:http", "vitest", "vitest/node"]);
  });

  test("keeps Express and WebSockets out of the bundle that answers without a server", () => {
    const markers = ["x-powered-by", "Sec-WebSocket-Accept"];
    const met = (entry: string) =>
      markers.filter((marker) =>
        [...bundleOf(join(root, entry))].some((file) => readFileSync(file, "utf8").includes(marker)),
      );
    expect(met("dist/fetch.js")).toEqual([]);
    expect(met("dist/index.js")).toEqual(markers);
    const files = [...bundleOf(join(root, "dist/fetch.js"))].map((file) => readFileSync(file, "utf8"));
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((text) => /require_express|node:http|require\("http"\)/.test(text))).toEqual([]);
  });

  test("has code of plain ASCII: one other character, and V8 keeps two bytes of each", () => {
    const code = archive.paths.filter((path) => /^dist\/.*\.c?js$/.test(path));
    expect(code.filter((path) => /\P{ASCII}/u.test(readFileSync(join(root, path), "utf8")))).toEqual([]);
  });

  test("is as small as it was", () => {
    const kilobytes = (bytes: number) => Math.round(bytes / 1_000);
    const [packed, unpacked] = [archive.packedSize, archive.unpackedSize].map(kilobytes);
    console.log(`Archive: ${packed} kB packed, ${unpacked} kB unpacked, ${archive.paths.length} files.`);
    const modules = join(root, "..");
    const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const size = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    const packages = Object.keys(
      JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")).packages,
    );
    console.log(`Installed for production: ${Math.round(size / 1e6)} MB in ${packages.length} packages.`);
    expect(packed).toBeLessThan(1_500);
    expect(unpacked).toBeLessThan(6_000);
  });
});

/** A file with all that it imports, at its beginning or later. */
function bundleOf(entry: string): ReadonlySet<string> {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const [, path = ""] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+\.js)"/g)) {
      files.add(join(dirname(file), path));
    }
  }
  return files;
}
