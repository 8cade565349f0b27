import { createRequire } from "node:module";
import { join } from "node:path";
import type { ContractOptions } from "../contract/contract.ts";
import type { Verdicts } from "../contract/schemas/verdicts.ts";
import { assetFolder, isBuilt } from "./package-root.ts";

/** What the build made of the document of the name, to be loaded when it is asked for; nothing when run from the sources. */
export function preparedVerdicts(name: string): Prepared {
  if (!isBuilt) return {};
  return {
    verdicts: () => {
      const verdicts: Verdicts = createRequire(import.meta.url)(verdictAsset(assetFolder, name));
      return verdicts;
    },
  };
}

type Prepared = Pick<ContractOptions, "verdicts">;

/** Where a build puts the verdicts on a document's schemas, in its folder for what it prepares. */
export function verdictAsset(folder: string, name: string): string {
  return join(folder, "verdicts", `${name}.cjs`);
}
