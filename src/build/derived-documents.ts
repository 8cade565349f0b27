import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  baseDocument,
  derivation,
  type Profile,
  profiles,
  type Revision,
  revisions,
} from "../contract/derive.ts";
import { isJsonObject, type JsonObject } from "../contract/json.ts";
import { contractDocument } from "../contract/overlay.ts";

/** The OpenAPI document of one revision in one profile. */
export interface DerivedDocument {
  /** `2.34-wire`: good for a file name. */
  readonly name: string;
  readonly revision: Revision;
  readonly profile: Profile;
  readonly document: JsonObject;
}

/** Derives every contract from the files under `specFolder`. Throws when a file is not what it should be. */
export function derivedDocuments(specFolder: string): readonly DerivedDocument[] {
  return revisions.flatMap((revision) =>
    profiles.map((profile) => ({
      name: `${revision}-${profile}`,
      revision,
      profile,
      document: derivedDocument(specFolder, revision, profile),
    })),
  );
}

/** One contract from the files under `specFolder`. */
export function derivedDocument(specFolder: string, revision: Revision, profile: Profile): JsonObject {
  const overlays = derivation(revision, profile).map((file) => readYaml(join(specFolder, file)));
  return contractDocument(readYaml(join(specFolder, baseDocument)), overlays);
}

/** The document of the admin API, which has neither revisions nor profiles; `undefined` while there is none. */
export function adminDocument(specFolder: string): JsonObject | undefined {
  const file = join(specFolder, "admin.openapi.yaml");
  return existsSync(file) ? readYaml(file) : undefined;
}

function readYaml(file: string): JsonObject {
  const content: unknown = parse(readFileSync(file, "utf8"));
  if (!isJsonObject(content)) throw new Error(`${file}: must be a YAML mapping`);
  return content;
}
