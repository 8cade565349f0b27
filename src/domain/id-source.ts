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

/** The code of the digit that stands for four bits of a word. */
function digit(word: number, shift: number): number {
  return digits[(word >>> shift) & 15] ?? 0;
}

/**
 * Made from codes in one go: a text put together from pieces would keep every piece for as long as the id lives, and there
 * are ten ids to a task. Bytes come lowest first; version 4 and variant 10 stand where the form wants them.
 */
function uuidFrom([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string {
  const versioned = (b & ~0x00f00000) | 0x00400000;
  const marked = (c & ~0x000000c0) | 0x00000080;
  return String.fromCharCode(
    digit(a, 4),
    digit(a, 0),
    digit(a, 12),
    digit(a, 8),
    digit(a, 20),
    digit(a, 16),
    digit(a, 28),
    digit(a, 24),
    hyphen,
    digit(versioned, 4),
    digit(versioned, 0),
    digit(versioned, 12),
    digit(versioned, 8),
    hyphen,
    digit(versioned, 20),
    digit(versioned, 16),
    digit(versioned, 28),
    digit(versioned, 24),
    hyphen,
    digit(marked, 4),
    digit(marked, 0),
    digit(marked, 12),
    digit(marked, 8),
    hyphen,
    digit(marked, 20),
    digit(marked, 16),
    digit(marked, 28),
    digit(marked, 24),
    digit(d, 4),
    digit(d, 0),
    digit(d, 12),
    digit(d, 8),
    digit(d, 20),
    digit(d, 16),
    digit(d, 28),
    digit(d, 24),
  );
}
