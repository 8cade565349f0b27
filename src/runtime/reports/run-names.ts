/** Names runs of worlds, each once: `checkout`, then, behind a reset or when the world was made anew, `checkout@2`. */
export class RunNames {
  /** How many runs were named of each world, by its id. */
  readonly #runs = new Map<string, number>();

  next(world: string): string {
    const number = (this.#runs.get(world) ?? 0) + 1;
    this.#runs.set(world, number);
    return number === 1 ? world : `${world}@${number}`;
  }
}
