import { join } from "node:path";
import { packageRoot } from "../../src/runtime/package-root.ts";

// The recipe as it stands: its tests become tests of this file. The types of this project do not depend on it, since it
// imports the mock as its reader does, by the name of the package (test/recipes/tsconfig.json checks it).
await import(join(packageRoot, "docs/recipes/playwright/tasks.test.ts"));
