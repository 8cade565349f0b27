const bodiless: readonly number[] = [204, 205, 304];

/** Whether HTTP gives a status no body, whatever a document says. */
export function isBodiless(status: number): boolean {
  return bodiless.includes(status);
}
