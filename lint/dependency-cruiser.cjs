/** Who may import whom: the table of AGENTS.md. A folder of src that has no line here fails the check. */
const mayImport = {
  domain: [],
  contract: [],
  operations: ["domain"],
  engine: ["domain", "contract", "operations"],
  scenarios: ["domain", "contract"],
  admin: ["domain", "operations", "engine", "scenarios"],
  adapters: ["engine"],
  client: [],
  runtime: ["domain", "contract", "operations", "engine", "scenarios", "admin", "adapters", "client"],
  testing: ["runtime", "client"],
  cli: ["runtime"],
  build: ["domain", "contract", "scenarios", "runtime"],
};

const folders = Object.keys(mayImport);
const insideOf = (names) => `^src/(?:${names.join("|")})/`;

/** Types of wire data, and the guards that tell JSON values apart, cross the border to contract; nothing else does. */
const wireData = { operations: true, admin: true, client: true };

const directions = folders.map((folder) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import ${mayImport[folder].join(", ") || "nothing of ours"}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: {
    path: "^src/",
    pathNot: [
      insideOf([folder, ...mayImport[folder]]),
      ...(wireData[folder] ? ["^src/contract/json.ts$"] : []),
    ],
    ...(wireData[folder] ? { dependencyTypesNot: ["type-only"] } : {}),
  },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: "operations-and-admin-take-only-types-from-contract",
      comment: "Operations and admin see the contract's types, nothing else of what is not in their line.",
      severity: "error",
      from: { path: "^src/(operations|admin)/" },
      to: { path: "^src/", pathNot: "^src/(domain|operations|engine|scenarios|admin|contract)/" },
    },
    {
      name: "client-takes-only-types-from-contract",
      comment: "What calls the admin API is on the other side of it: it shares the types, and nothing else.",
      severity: "error",
      from: { path: "^src/client/" },
      to: { path: "^src/", pathNot: "^src/(client|contract)/" },
    },
    {
      name: "every-folder-is-listed",
      comment: "A new folder of src gets a line in the table before it gets code.",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: insideOf(folders) },
      to: {},
    },
    {
      name: "no-circles",
      comment: "Files that import each other in a circle cannot be understood or moved one at a time.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "adapters-are-strangers",
      comment: "An adapter knows the engine and its host, never another adapter.",
      severity: "error",
      from: { path: "^src/adapters/([^/]+)/" },
      to: { path: "^src/adapters/", pathNot: "^src/adapters/$1/" },
    },
    {
      name: "node-only-in-runtime",
      comment: "node: belongs to runtime, cli and build; everything else also runs elsewhere.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(runtime|cli|build)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-folders-see-no-package",
      comment: "domain, operations, engine, admin and client are our own code from top to bottom.",
      severity: "error",
      from: { path: "^src/(domain|operations|engine|admin|client)/" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-peer", "npm-optional"] },
    },
    {
      name: "one-folder-for-each-package",
      comment: "Express lives in its adapter (runtime starts it), ajv in contract.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(adapters/express|runtime)/" },
      to: { path: "node_modules/(express|@types/express)/" },
    },
    {
      name: "ajv-only-in-contract",
      comment: "ajv lives in contract.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/contract/" },
      to: { path: "node_modules/(ajv|ajv-formats)/" },
    },
    {
      name: "ws-only-in-its-adapter",
      comment: "ws lives in the adapter of WebSockets.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/adapters/websocket/" },
      to: { path: "node_modules/(ws|@types/ws)/" },
    },
    {
      name: "vitest-only-for-its-users",
      comment: "Who does not test with vitest has not installed it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/testing/vitest" },
      to: { path: "node_modules/vitest/" },
    },
    {
      name: "playwright-only-for-its-users",
      comment: "Who does not test with Playwright has not installed it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/testing/playwright" },
      to: { path: "node_modules/@playwright/" },
    },
    {
      name: "src-never-sees-tests",
      comment: "What ships does not know how it is tested.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|lint)/" },
    },
    {
      name: "everything-resolves",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
