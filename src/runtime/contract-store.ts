import { createHash } from "node:crypto";
import type { Contract } from "../contract/contract.ts";
import { createContract } from "../contract/create-contract.ts";
import { isJsonObject, type JsonObject } from "../contract/json.ts";
import type { Profile, Revision } from "../domain/revision.ts";
import type { World } from "../domain/world.ts";
import type { Surface } from "../engine/surface.ts";
import { createCompanionOperations } from "../operations/companions/companion-operations.ts";
import { createStatefulOperations } from "../operations/stateful-operations.ts";
import { companionsName, type DocumentFiles, namedDocuments } from "./contract-files.ts";
import { preparedVerdicts } from "./prepared-verdicts.ts";

export interface ContractKey {
  readonly revision: Revision;
  readonly profile: Profile;
}

/** The contracts of a server, each made on first use and kept. */
export class ContractStore {
  readonly #files: DocumentFiles;
  readonly #recheck: boolean;
  readonly #surfaces = new Map<string, Surface<World>>();
  readonly #adminContracts = new Map<string, Contract>();

  /** `recheck`: check and serialise every answer anew each time; for tests, slow. */
  constructor(files: DocumentFiles, { recheck = false }: { readonly recheck?: boolean } = {}) {
    this.#files = files;
    this.#recheck = recheck;
  }

  /** A contract with the operations that answer for it. */
  surfaceFor({ revision, profile }: ContractKey): Surface<World> {
    const name = `${revision}-${profile}`;
    const known = this.#surfaces.get(name);
    if (known !== undefined) return known;
    const contract = this.#make(this.#files.contract(revision, profile), name);
    let companions: Surface<World> | undefined;
    const surface = {
      contract,
      operations: createStatefulOperations({ revision, profile }),
      companions: () => {
        companions ??= this.#companionsFor({ revision, profile });
        return companions;
      },
    };
    this.#surfaces.set(name, surface);
    return surface;
  }

  #companionsFor({ revision, profile }: ContractKey): Surface<World> {
    const contract = this.#make(this.#files.companions(revision, profile), companionsName(revision, profile));
    return { contract, operations: createCompanionOperations() };
  }

  /** The admin API's contract, whole or cut down to its health check. */
  adminContract({ healthOnly }: { readonly healthOnly: boolean }): Contract {
    const name = healthOnly ? "health" : "admin";
    const known = this.#adminContracts.get(name);
    if (known !== undefined) return known;
    const whole = this.#files.admin();
    const paths = isJsonObject(whole["paths"]) ? whole["paths"] : {};
    const document = healthOnly ? { ...whole, paths: { "/health": paths["/health"] } } : whole;
    const contract = this.#make(document, "admin");
    this.#adminContracts.set(name, contract);
    return contract;
  }

  /** `prepared`: the document that this one is or was cut from. */
  #make(document: JsonObject, prepared: string): Contract {
    return createContract(document, { recheck: this.#recheck, ...preparedVerdicts(prepared) });
  }

  /** Name and SHA-256 of every document, so that two servers can be told to serve the same contracts. */
  digests(): readonly { readonly name: string; readonly digest: string }[] {
    return namedDocuments(this.#files).map(({ name, document }) => ({
      name,
      digest: `sha256:${createHash("sha256").update(JSON.stringify(document)).digest("hex")}`,
    }));
  }
}
