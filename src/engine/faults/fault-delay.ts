import type { DelayTime } from "../../domain/fault-plan.ts";
import type { IdSource } from "../../domain/id-source.ts";

/** The longest that an answer is ever held up, in real milliseconds. */
const longestDelay = 600_000;

/** Whole real milliseconds for one hit; the same for the same name in every run of a seed. */
export function drawDelay(time: DelayTime, ids: IdSource, of: string): number {
  const drawn =
    time.kind === "uniform"
      ? time.least + share(ids, `${of}/delay`) * (time.most - time.least)
      : time.median * Math.exp(time.sigma * normal(ids, of));
  return Math.min(longestDelay, Math.round(drawn));
}

/** From 0 to below 1. */
export function share(ids: IdSource, of: string): number {
  return ids.choice("fault", of, 2 ** 32) / 2 ** 32;
}

/** Box and Muller: two even shares make one of the bell curve. */
function normal(ids: IdSource, of: string): number {
  const radius = Math.sqrt(-2 * Math.log(1 - share(ids, `${of}/radius`)));
  return radius * Math.cos(2 * Math.PI * share(ids, `${of}/angle`));
}
