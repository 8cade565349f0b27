declare const brand: unique symbol;
/** A string that the compiler keeps apart from other strings, so that a task's name cannot pass for its id. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Every id is a lower-case UUID text. */
export type OrganizationId = Branded<"OrganizationId">;
export type UserId = Branded<"UserId">;
export type TemplateId = Branded<"TemplateId">;
export type TemplateVersionId = Branded<"TemplateVersionId">;
export type PresetId = Branded<"PresetId">;
export type TaskId = Branded<"TaskId">;
export type WorkspaceId = Branded<"WorkspaceId">;
export type BuildId = Branded<"BuildId">;
export type AgentId = Branded<"AgentId">;
export type AppId = Branded<"AppId">;

/** Names an id's type at the edge, where a checked text or a fresh one becomes an id. */
export function asId<Id extends Branded<string>>(uuid: string): Id {
  return uuid as Id;
}

export const zeroUuid = "00000000-0000-0000-0000-000000000000";

const plain = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const compact = /^[0-9a-f]{32}$/i;

/**
 * Reads a UUID in any of the four forms that the provider's parser takes: plain, without hyphens, in braces, or behind
 * `urn:uuid:`. Gives the plain lower-case form, or undefined.
 */
export function parseUuid(text: string): string | undefined {
  if (plain.test(text)) return text.toLowerCase();
  if (compact.test(text)) {
    const hex = text.toLowerCase();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
  const inner = text.startsWith("{") && text.endsWith("}") ? text.slice(1, -1) : withoutUrn(text);
  return inner !== undefined && plain.test(inner) ? inner.toLowerCase() : undefined;
}

function withoutUrn(text: string): string | undefined {
  return text.slice(0, 9).toLowerCase() === "urn:uuid:" ? text.slice(9) : undefined;
}
