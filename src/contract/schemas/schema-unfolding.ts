import { allParts, type SchemaGraph } from "./schema-graph.ts";

/** As many schemas take a generator of answers about a second. */
const mostUnfolded = 10_000;

/**
 * Whether a schema is too much for who writes each schema out wherever it is referred to, but inside of itself: of ten that
 * refer to each other there would be millions.
 */
export function isVast(graph: SchemaGraph, start: string): boolean {
  const trail = new Set<string>();
  const pending = [{ pointer: start, isOver: false }];
  let count = 0;
  for (let step = pending.pop(); step !== undefined && count <= mostUnfolded; step = pending.pop()) {
    const { pointer, isOver } = step;
    const parts = graph.get(pointer);
    if (isOver) trail.delete(pointer);
    else if (parts !== undefined && !trail.has(pointer)) {
      count += 1;
      trail.add(pointer);
      pending.push({ pointer, isOver: true });
      for (const part of allParts(parts)) pending.push({ pointer: part, isOver: false });
    }
  }
  return count > mostUnfolded;
}
