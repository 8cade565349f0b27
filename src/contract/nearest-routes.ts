import type { Route } from "./contract.ts";

/** How many look-alikes a miss names. */
const shown = 3;
/** Segments of difference from which on two paths have nothing to do with each other. */
const farthest = 2.5;
/** A hostile path must not cost more than an honest one. */
const longestPath = 24;
const longestSegment = 48;

const costs = { otherMethod: 0.3, parameter: 0.2, withoutPrefix: 0.5, segment: 1 } as const;

/** The documented routes most like a request, best first, as `GET /api/v2/tasks/{user}`. */
export function nearestRoutes(
  routes: readonly Route[],
  request: { readonly method: string; readonly path: string },
): readonly string[] {
  const wanted = segmentsOf(request.path);
  const replacing = rememberedReplacing();
  const distance = (template: readonly string[]) =>
    // Each segment more or less is a step, so that paths of very different lengths need no closer look.
    Math.abs(wanted.length - template.length) > farthest
      ? Number.POSITIVE_INFINITY
      : editDistance(wanted, template, replacing);
  const ranked = routes.map(({ operation, prefix }) => {
    const { method, path } = operation;
    const whole = distance(segmentsOf(`${prefix}${path}`));
    const bare = prefix === "" ? whole : distance(segmentsOf(path)) + costs.withoutPrefix;
    const cost = Math.min(whole, bare) + (method === request.method ? 0 : costs.otherMethod);
    return { name: `${method} ${prefix}${path}`, cost };
  });
  const near = ranked.filter(({ cost }) => cost <= farthest).sort((one, other) => one.cost - other.cost);
  return [...new Set(near.map(({ name }) => name))].slice(0, shown);
}

function segmentsOf(path: string): readonly string[] {
  const segments = path.split("/").filter((segment) => segment !== "");
  return segments.slice(0, longestPath).map((segment) => segment.slice(0, longestSegment));
}

type Replacing = (from: string, to: string) => number;

/** A segment may be replaced by a similar one for less than a whole step. Routes are made of few different segments. */
function rememberedReplacing(): Replacing {
  const known = new Map<string, number>();
  return (from, to) => {
    if (to.startsWith("{")) return costs.parameter;
    const key = `${from}/${to}`;
    const cost = known.get(key) ?? unlikeness(from, to);
    known.set(key, cost);
    return cost;
  };
}

function unlikeness(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  const letters = editDistance([...one.toLowerCase()], [...other.toLowerCase()], () => 1);
  // Two words with less than half in common are not a misspelling of each other.
  return Math.min(costs.segment * 2, 0.1 + (letters / longer) * 2);
}

function editDistance(one: readonly string[], other: readonly string[], replacing: Replacing): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, from] of one.entries()) {
    const line = [row + 1];
    for (const [column, to] of other.entries()) {
      const replaced = (above[column] ?? 0) + (from === to ? 0 : replacing(from, to));
      line.push(Math.min((above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1, replaced));
    }
    above = line;
  }
  return above[other.length] ?? 0;
}
