import type { components } from "../../contract/generated/admin.ts";

type Difference = components["schemas"]["Difference"];

/** A hostile path must not cost more than an honest one. */
const longestPath = 24;

/** What has to be done to what is left of a path to make it what is left of a template. */
interface Way {
  readonly cost: number;
  readonly difference?: Difference;
  readonly rest?: Way;
}

/** What has to be done to the segments of a path to make it one of a template: the fewest steps. */
export function pathDifferences(path: string, template: string): readonly Difference[] {
  const received = segmentsOf(path);
  const expected = segmentsOf(template);
  // Row by row from the ends: the ways from the row below are those of the path without its first segment.
  let below: readonly Way[] = [];
  for (let row = received.length; row >= 0; row--) below = waysOf(row, { received, expected, below });
  const differences: Difference[] = [];
  for (let way = below[0]; way !== undefined; way = way.rest) {
    if (way.difference !== undefined) differences.push(way.difference);
  }
  return differences;
}

interface Segments {
  readonly received: readonly string[];
  readonly expected: readonly string[];
  readonly below: readonly Way[];
}

/** For what is left of the path from a segment on: the best way to what is left of the template from each of its segments. */
function waysOf(row: number, { received, expected, below }: Segments): readonly Way[] {
  const is = received[row];
  const ways: Way[] = [];
  for (let column = expected.length; column >= 0; column--) {
    const wanted = expected[column];
    const place = `path segment ${row + 1}`;
    const choices = [
      step(
        is === undefined || wanted === undefined ? undefined : swapped(place, is, wanted),
        below[column + 1],
      ),
      step(
        wanted === undefined ? undefined : { cost: 1, difference: { place, expected: wanted } },
        ways[column + 1],
      ),
      step(
        is === undefined ? undefined : { cost: 1, difference: { place, expected: "nothing", received: is } },
        below[column],
      ),
    ].filter((way) => way !== undefined);
    ways[column] = choices.sort((one, other) => one.cost - other.cost)[0] ?? { cost: 0 };
  }
  return ways;
}

/** A step and the way from there on; undefined where one of the two is not to be had. */
function step(first: Way | undefined, rest: Way | undefined): Way | undefined {
  return first === undefined || rest === undefined
    ? undefined
    : { ...first, cost: first.cost + rest.cost, rest };
}

/** Cheaper than taking one segment away and adding another. */
const swapCost = 1.5;

function swapped(place: string, received: string, expected: string): Way {
  const isFine = expected.startsWith("{") ? received !== "" : received === expected;
  return isFine ? { cost: 0 } : { cost: swapCost, difference: { place, expected, received } };
}

function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/\/{2,}/g, "/")
    .slice(1)
    .split("/")
    .slice(0, longestPath);
}
