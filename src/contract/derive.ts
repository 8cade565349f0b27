/** The states of the API that have a document, oldest first. Each is an overlay on the one before. */
export const revisions = ["2.30", "2.31", "2.34"] as const;

export type Revision = (typeof revisions)[number];

/** `documented`: the shapes of the API's published documentation. `wire`: the shapes of a real deployment. */
export const profiles = ["documented", "wire"] as const;

export type Profile = (typeof profiles)[number];

/** The document that every contract starts from, relative to `spec/`: the oldest revision, as documented. */
export const baseDocument = "coder-tasks.openapi.yaml";

const revisionOverlay = {
  "2.30": undefined,
  "2.31": "revisions/2.31.overlay.yaml",
  "2.34": "revisions/2.34.overlay.yaml",
} as const satisfies Record<Revision, string | undefined>;

const profileOverlay = {
  documented: undefined,
  wire: "profiles/wire.overlay.yaml",
} as const satisfies Record<Profile, string | undefined>;

/** The overlay files that turn the base document into a contract, in the order to apply them, relative to `spec/`. */
export function derivation(revision: Revision, profile: Profile): readonly string[] {
  const upToRevision = revisions.slice(0, revisions.indexOf(revision) + 1);
  const files = [...upToRevision.map((step) => revisionOverlay[step]), profileOverlay[profile]];
  return files.filter((file) => file !== undefined);
}
