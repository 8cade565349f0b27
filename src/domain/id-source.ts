import { emptyHash, type HashState, hashOn, hashWords } from "./hash.ts";

/**
 * Makes ids, tokens and choices from (seed, scenario, kind, counter), never from a shared random stream: what one kind
 * draws cannot change what another gets, and the same calls give the same values on every run.
 */
export class IdSource {
  readonly #root: HashState;
  /** The root with each kind that was asked for behind it. */
  readonly #kinds = new Map<string, HashState>();
  readonly #counters: Map<string, number>;

  constructor(root: string, counters: ReadonlyMap<string, number> = new Map()) {
    this.#root = hashOn(emptyHash, `${root}\u0000`);
    this.#counters = new Map(counters);
  }

  /** The next UUID (version 4 in shape) of a kind. */
  next(kind: string): string {
    return this.named(kind, `#${this.count(kind)}`);
  }

  /** The UUID that belongs to a name, the same on every call. */
  named(kind: string, name: string): string {
    return uuidFrom(this.#words(kind, name));
  }

  /** A whole number from 0 to below `limit` that belongs to a name. */
  choice(kind: string, name: string, limit: number): number {
    return (this.#words(kind, name)[0] ?? 0) % limit;
  }

  /** `length` letters and digits that belong to a name: the stuff that tokens are made of. */
  text(kind: string, name: string, length: number): string {
    let text = "";
    for (let round = 0; text.length < length; round++) {
      for (const word of this.#words(kind, `${name}/${round}`))
        text += word.toString(36).padStart(7, "0").slice(-6);
    }
    return text.slice(0, length);
  }

  /** Four hexadecimal digits, the suffix of generated task names. */
  suffix(kind: string): string {
    return this.next(kind).slice(0, 4);
  }

  /** The next number of a kind, from 1. */
  count(kind: string): number {
    const number = (this.#counters.get(kind) ?? 0) + 1;
    this.#counters.set(kind, number);
    return number;
  }

  get counters(): ReadonlyMap<string, number> {
    return this.#counters;
  }

  #words(kind: string, name: string): readonly number[] {
    let state = this.#kinds.get(kind);
    if (state === undefined) {
      state = hashOn(this.#root, `${kind}\u0000`);
      this.#kinds.set(kind, state);
    }
    return hashWords(hashOn(state, name));
  }
}

/** Character codes of the sixteen digits. */
const digits = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const hyphen = 45;

/** Made from codes in one go: a text put together from pieces would keep every piece for as long as the id lives. */
function uuidFrom(words: readonly number[]): string {
  const codes: number[] = [];
  for (let index = 0; index < 16; index++) {
    let byte = ((words[index >> 2] ?? 0) >>> ((index & 3) * 8)) & 0xff;
    if (index === 6) byte = (byte & 0x0f) | 0x40;
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    if (index === 4 || index === 6 || index === 8 || index === 10) codes.push(hyphen);
    codes.push(digits[byte >> 4] ?? 0, digits[byte & 15] ?? 0);
  }
  return String.fromCharCode(...codes);
}
