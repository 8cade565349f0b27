import type { Contract } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { documents } from "./assets.ts";

/** Every contract of both APIs, checking each answer once. */
export interface Contracts {
  readonly admin: Contract;
  for(key: { readonly revision: Revision; readonly profile: Profile }): Contract;
}

/** Made once for all tests: contracts keep nothing but what they have compiled, and compiling is what takes long. */
export const contracts = makeContracts();

function makeContracts(): Contracts {
  const byKey = new Map(
    contractKeys.map(({ revision, profile }) => [
      `${revision} ${profile}`,
      createContract(documents.contract(revision, profile)),
    ]),
  );
  return {
    admin: createContract(documents.admin()),
    for({ revision, profile }) {
      const contract = byKey.get(`${revision} ${profile}`);
      if (contract === undefined) throw new Error(`There is no contract ${revision} ${profile}.`);
      return contract;
    },
  };
}
