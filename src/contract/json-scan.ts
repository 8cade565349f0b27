/** What a text has at its beginning. Offsets count UTF-16 units. */
export type JsonScan =
  /** A complete value that ends before `end`; what follows was not looked at. */
  | { readonly kind: "complete"; readonly end: number }
  /** Not JSON: at `offset` stands something else than what is `expected`. */
  | { readonly kind: "broken"; readonly offset: number; readonly expected: string };

/**
 * Finds the end of the first JSON value (RFC 8259) of a text, or the place where it breaks. Keeps its own stack, so that
 * depth is no danger, and is only for texts that `JSON.parse` has refused.
 */
export function scanFirstValue(text: string): JsonScan {
  const scanner = new Scanner(text);
  return scanner.scan();
}

/** Where the blanks from an offset on end. */
export function skipBlanks(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && blanks.includes(text.charAt(offset))) offset += 1;
  return offset;
}

/** `line 2, column 7`, both counted from 1, the column in characters as an editor shows them. */
export function describeOffset(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  const last = lines.at(-1) ?? "";
  return `line ${lines.length}, column ${[...last].length + 1}`;
}

const blanks = " \t\n\r";

class Broken {
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    this.offset = offset;
    this.expected = expected;
  }
}

class Scanner {
  readonly #text: string;
  readonly #open: ("[" | "{")[] = [];
  #offset = 0;
  #expectsValue = true;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonScan {
    let problem: Broken | undefined;
    while (problem === undefined && (this.#expectsValue || this.#open.length > 0)) {
      problem = this.#expectsValue ? this.#value() : this.#afterValue();
    }
    if (problem === undefined) return { kind: "complete", end: this.#offset };
    return { kind: "broken", offset: problem.offset, expected: problem.expected };
  }

  /** Reads one value, of an array or object only its beginning up to the first value inside. */
  #value(): Broken | undefined {
    this.#expectsValue = false;
    const begin = this.#next();
    if (begin === "[") return this.#begin("[", "]");
    if (begin === "{") return this.#begin("{", "}");
    if (begin === '"') return this.#string();
    if (begin === "-" || isDigit(begin)) return this.#number();
    const word = ["true", "false", "null"].find((one) => this.#text.startsWith(one, this.#offset));
    if (word === undefined) return this.#broken("a JSON value");
    this.#offset += word.length;
    return undefined;
  }

  #begin(bracket: "[" | "{", end: string): Broken | undefined {
    this.#offset += 1;
    if (this.#next() === end) {
      this.#offset += 1;
      return undefined;
    }
    this.#open.push(bracket);
    return bracket === "[" ? this.#expectValue() : this.#member('a property name in double quotes or "}"');
  }

  /** A comma with what belongs behind it, or the end of the innermost array or object. */
  #afterValue(): Broken | undefined {
    const inArray = this.#open.at(-1) === "[";
    const next = this.#next();
    if (next === (inArray ? "]" : "}")) {
      this.#open.pop();
      this.#offset += 1;
      return undefined;
    }
    if (next !== ",") return this.#broken(inArray ? '"," or "]"' : '"," or "}"');
    this.#offset += 1;
    return inArray ? this.#expectValue() : this.#member("a property name in double quotes");
  }

  #member(expected: string): Broken | undefined {
    if (this.#next() !== '"') return this.#broken(expected);
    const problem = this.#string();
    if (problem !== undefined) return problem;
    if (this.#next() !== ":") return this.#broken('":"');
    this.#offset += 1;
    return this.#expectValue();
  }

  #expectValue(): undefined {
    this.#expectsValue = true;
  }

  #string(): Broken | undefined {
    for (this.#offset += 1; this.#offset < this.#text.length; this.#offset += 1) {
      const character = this.#text.charAt(this.#offset);
      if (character === '"') {
        this.#offset += 1;
        return undefined;
      }
      if (character < " ") return this.#broken("an escape such as \\n for a control character in a string");
      if (character === "\\") {
        const problem = this.#escape();
        if (problem !== undefined) return problem;
      }
    }
    return this.#broken("the end of the string");
  }

  /** Leaves the offset on the last character of the escape. */
  #escape(): Broken | undefined {
    const escaped = this.#text.charAt(this.#offset + 1);
    if (escaped === "u") {
      if (!/^[\da-f]{4}$/iu.test(this.#text.slice(this.#offset + 2, this.#offset + 6))) {
        return this.#broken("four hexadecimal digits behind \\u");
      }
      this.#offset += 5;
      return undefined;
    }
    if (escaped === "" || !'"\\/bfnrt'.includes(escaped)) return this.#broken("an escape that JSON knows");
    this.#offset += 1;
    return undefined;
  }

  #number(): Broken | undefined {
    if (this.#text.charAt(this.#offset) === "-") this.#offset += 1;
    // JSON has no leading zeros: behind one, the number is over.
    if (this.#text.charAt(this.#offset) === "0") this.#offset += 1;
    else if (!this.#digits()) return this.#broken("a digit");
    if (this.#text.charAt(this.#offset) === ".") {
      this.#offset += 1;
      if (!this.#digits()) return this.#broken("a digit");
    }
    if (/^e$/iu.test(this.#text.charAt(this.#offset))) {
      this.#offset += 1;
      if (/^[+-]$/u.test(this.#text.charAt(this.#offset))) this.#offset += 1;
      if (!this.#digits()) return this.#broken("a digit");
    }
    return undefined;
  }

  #digits(): boolean {
    const start = this.#offset;
    while (isDigit(this.#text.charAt(this.#offset))) this.#offset += 1;
    return this.#offset > start;
  }

  #next(): string {
    this.#offset = skipBlanks(this.#text, this.#offset);
    return this.#text.charAt(this.#offset);
  }

  #broken(expected: string): Broken {
    return new Broken(this.#offset, expected);
  }
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9" && character.length === 1;
}
