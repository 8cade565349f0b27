import type { Instant } from "../domain/instant.ts";

/** Instants as the text of a Date header, which changes once a second and is written a thousand times in it. */
export class DateText {
  #second = Number.NaN;
  #text = "";

  of(instant: Instant): string {
    const second = Math.floor(instant / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = new Date(instant).toUTCString();
    }
    return this.#text;
  }
}
