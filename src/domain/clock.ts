import { asInstant, type Instant } from "./instant.ts";

export const clockModes = ["real", "manual"] as const;
/** `real` runs with the host's time, times `speed`; `manual` moves only when told. */
export type ClockMode = (typeof clockModes)[number];

export interface ClockSetting {
  readonly mode: ClockMode;
  /** World seconds per real second; matters in mode `real` only. */
  readonly speed: number;
}

/** Beyond the year 9999 a stamp would be no RFC 3339 date-time: a clock that gets there stands still. */
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59);

/** A world's own time. It never goes back. */
export class Clock {
  /** Milliseconds of a host clock that never goes back, read by the runtime. */
  readonly #hostTime: () => number;
  #setting: ClockSetting;
  #anchor: { readonly world: number; readonly host: number };

  constructor(hostTime: () => number, start: Instant, setting: ClockSetting) {
    this.#hostTime = hostTime;
    this.#setting = setting;
    this.#anchor = { world: start, host: hostTime() };
  }

  get setting(): ClockSetting {
    return this.#setting;
  }

  /** Whole milliseconds, rounded down, so that equal stamps mean equal instants. */
  read(): Instant {
    if (this.#setting.mode === "manual") return asInstant(this.#anchor.world);
    const elapsed = (this.#hostTime() - this.#anchor.host) * this.#setting.speed;
    return asInstant(Math.min(Math.floor(this.#anchor.world + elapsed), lastInstant));
  }

  /** Changes mode or speed from here on; time itself does not jump. */
  configure(setting: ClockSetting): void {
    this.#anchor = { world: this.read(), host: this.#hostTime() };
    this.#setting = setting;
  }

  /** Moves to an instant that is not before now; the caller has checked that. */
  moveTo(instant: Instant): void {
    this.#anchor = { world: Math.max(instant, this.read()), host: this.#hostTime() };
  }
}
