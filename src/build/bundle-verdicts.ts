import { join } from "node:path";
import { build } from "esbuild";
import { createContract } from "../contract/create-contract.ts";
import type { JsonObject } from "../contract/json.ts";
import { verdictCode } from "../contract/schemas/verdict-code.ts";
import { packageRoot } from "../runtime/package-root.ts";
import { withoutErrors } from "./without-errors.ts";

/**
 * Writes the verdicts on all schemas that a document's requests and responses are checked against, as a module that needs no
 * other. CommonJS, because it is loaded in the middle of an answer, where nothing can be waited for.
 */
export async function bundleVerdicts(document: JsonObject, file: string): Promise<void> {
  await build({
    stdin: {
      contents: withoutErrors(verdictCode(document, createContract(document).checkedSchemas())),
      resolveDir: join(packageRoot, "src", "contract", "schemas"),
    },
    outfile: file,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    minify: true,
    logLevel: "warning",
  });
}
