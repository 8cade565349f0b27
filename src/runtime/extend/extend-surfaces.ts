import type { Contract } from "../../contract/contract.ts";
import type { World } from "../../domain/world.ts";
import { extensionSurface } from "../../engine/choose-surface.ts";
import type { Preference } from "../../engine/fallback/prefer.ts";
import type { Surface } from "../../engine/surface.ts";
import type { Config } from "../config.ts";
import type { ContractStore } from "../contract-store.ts";
import type { Logger } from "../logger.ts";
import { loadExtensions } from "./extend.ts";
import { findClashes } from "./extend-clashes.ts";

/** What a server answers beside the API. */
export interface Extensions {
  readonly surfaces: readonly Surface<World>[];
  /** Ids of all their operations. */
  readonly operations: ReadonlySet<string>;
  /** What is answered under their contracts to a request that prefers nothing. */
  readonly unmodelled: ReadonlyMap<Contract, Preference>;
}

export interface ExtensionParts {
  readonly contracts: ContractStore;
  readonly logger: Logger;
}

/** Opens the documents that a server is extended with, and tells of operations in them that are never reached. */
export async function openExtensions(
  { extend, extendDynamic, revision, profile }: Config,
  { contracts, logger }: ExtensionParts,
): Promise<Extensions> {
  if (extend.length === 0) return { surfaces: [], operations: new Set(), unmodelled: new Map() };
  const { contract: own, companions } = contracts.surfaceFor({ revision, profile });
  const extensions = await loadExtensions(extend, own);
  const before = companions === undefined ? [own] : [own, companions().contract];
  for (const { file, operations } of findClashes(before, extensions)) {
    if (operations.length === 0) continue;
    logger.warn(
      { file, operations },
      `Of ${file}, these are answered by what comes before it: ${operations.join(", ")}.`,
    );
  }
  return {
    surfaces: extensions.map(({ contract }) => extensionSurface(contract)),
    operations: new Set(extensions.flatMap(({ contract }) => [...contract.operations.keys()])),
    unmodelled: new Map(extensions.map(({ contract }) => [contract, { isDynamic: extendDynamic }])),
  };
}
