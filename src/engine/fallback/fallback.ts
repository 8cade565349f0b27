import type { AtOperation, Hooks, StandIn } from "../hooks.ts";
import type { FallbackAnswers } from "./fallback-answers.ts";
import { type Preference, readPreference } from "./prefer.ts";

export interface FallbackOptions {
  /** Of the world. */
  readonly seed: string;
  readonly answers: FallbackAnswers;
}

/**
 * Answers in place of an operation when the request prefers that. It reads no state and leaves none but a count: the same seed
 * and the same number of generated answers of an operation before it make the same answer.
 */
export class Fallback implements Pick<Hooks, "instead"> {
  readonly #seed: string;
  readonly #answers: FallbackAnswers;
  readonly #made = new Map<string, number>();

  constructor({ seed, answers }: FallbackOptions) {
    this.#seed = seed;
    this.#answers = answers;
  }

  instead(at: AtOperation): (() => Promise<StandIn>) | undefined {
    const asked = readPreference(at.request.headers["prefer"], at.query);
    const unasked = this.#answers.unasked(at.contract);
    if (asked?.ok === false) return () => Promise.resolve({ kind: "problem", problem: asked.problem });
    if (asked === undefined && unasked === undefined) return undefined;
    const isDynamic = asked?.preference.isDynamic ?? unasked?.isDynamic;
    const preference = { ...asked?.preference, isDynamic };
    return () => this.#answers.answer(at, preference, this.#seedFor(at, preference));
  }

  /** Those that are not random by wish are the same each time. */
  #seedFor({ operation }: AtOperation, { isDynamic = false }: Preference): string {
    const name = `${operation.method} ${operation.path}`;
    if (!isDynamic) return `${this.#seed} ${name}`;
    const count = (this.#made.get(name) ?? 0) + 1;
    this.#made.set(name, count);
    return `${this.#seed} ${name} ${count}`;
  }
}
