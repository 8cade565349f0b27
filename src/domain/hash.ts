/** How far the hash of a text has come. Carries on where it stands, so that a common beginning is gone through once. */
export interface HashState {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly length: number;
}

/** The state before any text. */
export const emptyHash: HashState = { a: 0x9e3779b9, b: 0x243f6a88, c: 0xb7e15162, d: 0x6a09e667, length: 0 };

/**
 * Hashes more text: Bob Jenkins' one-at-a-time idea on four lanes. Not for secrets: it only has to spread well and give the
 * same words on every engine, which whole number arithmetic on 32 bits does.
 */
export function hashOn(state: HashState, text: string): HashState {
  let { a, b, c, d } = state;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b);
    b = Math.imul(b ^ (code + state.length + index), 0xc2b2ae35);
    c = Math.imul(c ^ (code << 7), 0x27d4eb2f);
    d = Math.imul(d ^ code ^ (a >>> 13), 0x165667b1);
    a = (a ^ (d >>> 15)) + b;
    c = (c ^ (b >>> 11)) + d;
  }
  return { a, b, c, d, length: state.length + text.length };
}

/** The 128 bits of what was hashed, as four unsigned 32-bit words, with a murmur-style finish. */
export function hashWords(state: HashState): readonly [number, number, number, number] {
  const a = finish(state.a ^ state.length);
  const b = finish(state.b ^ a);
  const c = finish(state.c ^ b);
  const d = finish(state.d ^ c);
  return [finish(a ^ d), b, c, d];
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The 128 bits of a text. */
export function hash128(text: string): readonly [number, number, number, number] {
  return hashWords(hashOn(emptyHash, text));
}
