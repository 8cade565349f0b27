import type { Finding } from "./scenario-source.ts";

/** Where something is wrong in a document, for who asks of each of its records whether it is sound. */
export class FlawedPlaces {
  /** The pointers of findings, and of all that they stand in. */
  readonly #pointers = new Set<string>();
  readonly #isWhole: boolean;

  constructor(findings: readonly Finding[]) {
    this.#isWhole = findings.some(({ pointer }) => pointer === "");
    for (const { pointer } of findings) this.#add(pointer);
  }

  /** Whether the value behind a pointer, or anything inside of it, or the document as a whole is wrong. */
  has(pointer: string): boolean {
    return this.#isWhole || this.#pointers.has(pointer);
  }

  #add(pointer: string): void {
    for (let place = pointer; place !== "" && !this.#pointers.has(place); ) {
      this.#pointers.add(place);
      place = place.slice(0, place.lastIndexOf("/"));
    }
  }
}
