import type { TemplateVersion } from "../domain/directory.ts";
import type { Refusal } from "../domain/refusal.ts";

/** Why a template version cannot be built, by how far its import has come; undefined when it can. */
export function importRefusal({ importStatus: status }: TemplateVersion): Refusal | undefined {
  switch (status) {
    case "pending":
    case "running":
      return { kind: "template-import-unfinished", status };
    case "failed":
    case "canceled":
      return { kind: "template-import-failed", status };
    case "succeeded":
      return undefined;
  }
}
