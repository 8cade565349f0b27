/** Milliseconds since 1970 of a clock that never goes back, with fractions. */
export function hostTime(): number {
  return performance.timeOrigin + performance.now();
}
