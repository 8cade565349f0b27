import { specDocuments } from "../runtime/contract-files.ts";
import { assetFolder } from "../runtime/package-root.ts";
import { prepareAssets } from "./prepare-assets.ts";

await prepareAssets(assetFolder, await specDocuments());
