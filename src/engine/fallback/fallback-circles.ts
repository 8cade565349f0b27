import { componentsOf } from "../../contract/schemas/schema-components.ts";
import type { SchemaGraph } from "../../contract/schemas/schema-graph.ts";

/**
 * What values of a schema have to do without so that they end: pointers of optional properties, items, further properties and
 * alternatives that lead back to a schema that they are in. None where nothing leads back, or nothing can be left out. Takes
 * time in proportion to the graph, however many ways lead from schema to schema.
 *
 * No circle is left but one of parts that are all needed: on any other, the height would go down from part to part where
 * nothing is optional, and what is nearest would go up where something is.
 */
export function circlesIn(graph: SchemaGraph): ReadonlySet<string> {
  const components = componentsOf(graph);
  const isBack = (part: string, from: string) => components.get(part) === components.get(from);
  const holders = holdersIn(graph);
  const heights = heightsIn(graph, holders);
  const isTooHigh = (part: string, from: string) => {
    const height = heights.get(part) ?? endless;
    return height === endless || (height >= (heights.get(from) ?? endless) && isBack(part, from));
  };
  const alternatives = [...graph].flatMap(([from, { choices }]) =>
    choices
      .filter((choice) => choice.some((part) => heights.has(part)))
      .flatMap((choice) => choice.filter((part) => isTooHigh(part, from))),
  );
  const nearest = nearestIn(graph, holders, new Set(alternatives));
  const others = [...graph].flatMap(([from, { optional, depth }]) =>
    optional.filter(
      (part) => !heights.has(part) || ((nearest.get(part) ?? depth) <= depth && isBack(part, from)),
    ),
  );
  return new Set([...alternatives, ...others]);
}

const endless = Number.POSITIVE_INFINITY;

/** A schema that has to have another in it, be it as one of several. */
interface Holder {
  readonly pointer: string;
  readonly choice?: readonly string[];
}

type Holders = ReadonlyMap<string, readonly Holder[]>;

/** By schema, those that have to have it in them. */
function holdersIn(graph: SchemaGraph): Holders {
  const holders = new Map<string, Holder[]>([...graph.keys()].map((one) => [one, []]));
  for (const [pointer, { needed, choices }] of graph) {
    for (const part of needed) holders.get(part)?.push({ pointer });
    for (const choice of choices) {
      for (const part of choice) holders.get(part)?.push({ pointer, choice });
    }
  }
  return holders;
}

/** By schema, how many steps deep its flattest value is. A schema without values that end has none. */
function heightsIn(graph: SchemaGraph, holders: Holders): ReadonlyMap<string, number> {
  const open = new Map([...graph].map(([one, { needed, choices }]) => [one, needed.length + choices.length]));
  const heights = new Map([...open].filter(([, count]) => count === 0).map(([one]) => [one, 0]));
  const chosen = new Set<Holder["choice"]>();
  // A map goes through what is added to it on the way: from low to high, so the first alternative to come is the lowest.
  for (const [part, height] of heights) {
    const waiting = (holders.get(part) ?? []).filter(({ choice }) => !chosen.has(choice));
    for (const { pointer, choice } of waiting) {
      if (choice !== undefined) chosen.add(choice);
      const left = (open.get(pointer) ?? 0) - 1;
      open.set(pointer, left);
      if (left === 0) heights.set(pointer, height + 1);
    }
  }
  return heights;
}

/** By schema, the depth of what is nearest to the start of all that its values cannot do without, itself among it. */
function nearestIn(
  graph: SchemaGraph,
  holders: Holders,
  without: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const nearest = new Map<string, number>();
  for (const [start, { depth }] of graph) {
    const reached = new Set(nearest.has(start) ? [] : [start]);
    for (const part of reached) {
      nearest.set(part, depth);
      const kept = (holders.get(part) ?? []).filter((one) => one.choice === undefined || !without.has(part));
      for (const { pointer } of kept.filter((one) => !nearest.has(one.pointer))) reached.add(pointer);
    }
  }
  return nearest;
}
