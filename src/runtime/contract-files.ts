import { readFileSync } from "node:fs";
import { join } from "node:path";
import { borrowComponents } from "../contract/borrow-components.ts";
import { isJsonObject, type JsonObject } from "../contract/json.ts";
import { contractDocument } from "../contract/overlay.ts";
import { type Profile, profiles, type Revision, revisions } from "../domain/revision.ts";
import { assetFolder, isBuilt, packageRoot } from "./package-root.ts";

/** The document that every contract starts from: the oldest revision, as documented. */
const baseDocument = "coder-tasks.openapi.yaml";
const companionsDocument = "companions.openapi.yaml";

const revisionOverlay = {
  "2.30": undefined,
  "2.31": "revisions/2.31.overlay.yaml",
  "2.34": "revisions/2.34.overlay.yaml",
} as const satisfies Record<Revision, string | undefined>;

const profileOverlay = {
  documented: undefined,
  wire: "profiles/wire.overlay.yaml",
} as const satisfies Record<Profile, string | undefined>;

/** What a profile changes in the companions, which are the same in every revision. */
const companionsOverlays = {
  documented: [],
  wire: ["profiles/wire-companions.overlay.yaml"],
} as const satisfies Record<Profile, readonly string[]>;

/** The overlays that turn the base document into a contract, in the order to apply them, relative to `spec/`. */
export function derivation(revision: Revision, profile: Profile): readonly string[] {
  const upToRevision = revisions.slice(0, revisions.indexOf(revision) + 1);
  const files = [...upToRevision.map((step) => revisionOverlay[step]), profileOverlay[profile]];
  return files.filter((file) => file !== undefined);
}

/** Every contract's revision and profile. */
export const contractKeys: readonly { readonly revision: Revision; readonly profile: Profile }[] =
  revisions.flatMap((revision) => profiles.map((profile) => ({ revision, profile })));

/** Reads documents by name. Made once, since the YAML parser is only loaded where there is YAML to read. */
export interface DocumentFiles {
  /** One contract. Throws when a file is not what it should be. */
  contract(revision: Revision, profile: Profile): JsonObject;
  /** What clients call beside the contract of a revision and profile. */
  companions(revision: Revision, profile: Profile): JsonObject;
  /** The document of the admin API, which has neither revisions nor profiles. */
  admin(): JsonObject;
}

/** The documents that the build prepared, or the files under `spec/` when the code runs from its sources. */
export async function openDocuments(): Promise<DocumentFiles> {
  return remembering(isBuilt ? preparedDocuments() : await specDocuments());
}

/** Files that are read once each: nobody changes a document. */
function remembering(files: DocumentFiles): DocumentFiles {
  const known = new Map<string, JsonObject>();
  const once = (name: string, read: () => JsonObject) => {
    const document = known.get(name) ?? read();
    known.set(name, document);
    return document;
  };
  return {
    contract: (revision, profile) => once(`${revision}-${profile}`, () => files.contract(revision, profile)),
    companions: (revision, profile) =>
      once(companionsName(revision, profile), () => files.companions(revision, profile)),
    admin: () => once("admin", () => files.admin()),
  };
}

function preparedDocuments(): DocumentFiles {
  const read = (name: string) => {
    const file = documentAsset(assetFolder, name);
    return asDocument(JSON.parse(readFileSync(file, "utf8")), file);
  };
  return {
    contract: (revision, profile) => read(`${revision}-${profile}`),
    companions: (revision, profile) => read(companionsName(revision, profile)),
    admin: () => read("admin"),
  };
}

/** The documents as `spec/` has them: the base with the overlays of a contract applied in order. */
export async function specDocuments(): Promise<DocumentFiles> {
  const { parse } = await import("yaml");
  const known = new Map<string, JsonObject>();
  const read = (name: string) => {
    const file = join(packageRoot, "spec", name);
    const document = known.get(name) ?? asDocument(parse(readFileSync(file, "utf8")), file);
    known.set(name, document);
    return document;
  };
  const contract = (revision: Revision, profile: Profile) =>
    contractDocument(read(baseDocument), derivation(revision, profile).map(read));
  return {
    contract,
    companions: (revision, profile) =>
      borrowComponents(contractDocument(read(companionsDocument), companionsOverlays[profile].map(read)), {
        file: baseDocument,
        document: contract(lenderOf(revision), profile),
      }),
    admin: () => read("admin.openapi.yaml"),
  };
}

/** The Tasks API of 2.30 answers with no build of a workspace; what the next revision says of one holds there, too. */
function lenderOf(revision: Revision): Revision {
  return revision === "2.30" ? "2.31" : revision;
}

export function companionsName(revision: Revision, profile: Profile): string {
  return `companions-${revision}-${profile}`;
}

/** A contract with its name, which is good for a file: `2.34-wire`. */
export interface NamedContract {
  readonly name: string;
  readonly revision: Revision;
  readonly profile: Profile;
  readonly document: JsonObject;
}

/** Every contract of the API. */
export function namedContracts(files: DocumentFiles): readonly NamedContract[] {
  return contractKeys.map(({ revision, profile }) => ({
    name: `${revision}-${profile}`,
    revision,
    profile,
    document: files.contract(revision, profile),
  }));
}

/** Every contract, the companions of each, and the admin API's document under the name `admin`. */
export function namedDocuments(files: DocumentFiles): readonly Pick<NamedContract, "name" | "document">[] {
  const companions = contractKeys.map(({ revision, profile }) => ({
    name: companionsName(revision, profile),
    document: files.companions(revision, profile),
  }));
  return [...namedContracts(files), ...companions, { name: "admin", document: files.admin() }];
}

/** Where a build puts a prepared document, in its folder for such. */
export function documentAsset(folder: string, name: string): string {
  return join(folder, "contracts", `${name}.json`);
}

function asDocument(content: unknown, file: string): JsonObject {
  if (!isJsonObject(content)) throw new Error(`${file}: expected a mapping at the top.`);
  return content;
}
