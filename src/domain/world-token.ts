import { IdSource } from "./id-source.ts";

/** The tokens of a world derive from its id alone, so that they outlive its resets, whatever seed these name. */
function sourceOf(worldId: string): IdSource {
  return new IdSource(`world ${worldId}`);
}

const tagLength = 6;

/** An id that says itself what its world's tokens begin with, so that a proxy can tell which belong together. */
const taggedId = /^([0-9a-f]{6})\./;

/** What every token of a world besides the default one begins with: six hexadecimal digits. */
export function tokenTag(worldId: string): string {
  const own = taggedId.exec(worldId)?.[1];
  if (own !== undefined) return own;
  return sourceOf(worldId).named("tag", "").slice(0, tagLength);
}

/** What a token begins with when it is one of a world besides the default one. */
export function tagOfToken(token: string): string {
  return token.slice(0, tagLength).toLowerCase();
}

/** Whether a text has the form of a session token that a world makes. */
export function isSessionToken(text: string): boolean {
  return /^[0-9a-z]{10}-[0-9a-z]{22}$/.test(text);
}

/** A session token that only one world has, in the provider's form: a key id and a secret. */
export function worldSessionToken(worldId: string, name: string): string {
  const source = sourceOf(worldId);
  return `${tokenTag(worldId)}${source.text("key", name, 10 - tagLength)}-${source.text("secret", name, 22)}`;
}

/**
 * The token of an agent as it shows outside. Worlds of one start share their agents, so a world marks the tokens as its own
 * where they are shown and looks past the mark where they come back.
 */
export function worldAgentToken(worldId: string | undefined, token: string): string {
  return worldId === undefined ? token : `${tokenTag(worldId)}${agentTokenKey(token)}`;
}

/** What of an agent's token is the same in every world. */
export function agentTokenKey(token: string): string {
  return token.slice(tagLength);
}
