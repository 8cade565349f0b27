import { join } from "node:path";
import { packageRoot } from "../runtime/package-root.ts";
import { bundlePackage } from "./bundle-package.ts";

await bundlePackage(join(packageRoot, "dist"));
