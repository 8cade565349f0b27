/** Deeper data is left to the slow way, which knows what to do with circles. */
const deepest = 32;

/**
 * Whether JSON reads a value back as it is: plain objects and arrays of texts, finite numbers, booleans and null. A property
 * that is undefined counts as absent, for JSON and for the schema checks alike; an element that is would become null.
 */
export function isPlainData(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      return value === null || (depth < deepest && isPlainHolder(value, depth));
    default:
      return false;
  }
}

function isPlainHolder(value: object, depth: number): boolean {
  if ("toJSON" in value) return false;
  if (Array.isArray(value))
    return value.length === Object.keys(value).length && value.every((item) => isPlainData(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const member of Object.values(value)) {
    if (member !== undefined && !isPlainData(member, depth + 1)) return false;
  }
  return true;
}
