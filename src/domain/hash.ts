/**
 * A 128-bit hash of a text as four unsigned 32-bit words, after Bob Jenkins' one-at-a-time idea on four lanes with a
 * murmur-style finish. Not for secrets: it only has to spread well and give the same words on every engine, which whole
 * number arithmetic on 32 bits does.
 */
export function hash128(text: string): readonly [number, number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 0x6a09e667;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b);
    b = Math.imul(b ^ (code + index), 0xc2b2ae35);
    c = Math.imul(c ^ (code << 7), 0x27d4eb2f);
    d = Math.imul(d ^ code ^ (a >>> 13), 0x165667b1);
    a = (a ^ (d >>> 15)) + b;
    c = (c ^ (b >>> 11)) + d;
  }
  a = finish(a ^ text.length);
  b = finish(b ^ a);
  c = finish(c ^ b);
  d = finish(d ^ c);
  return [finish(a ^ d), b, c, d];
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
