import { allParts, type SchemaGraph } from "./schema-graph.ts";

/**
 * Numbers schemas so that two have the same number when each leads to the other, over however many. Goes over everything
 * twice, after Kosaraju, and does without recursion: a document may be deep.
 */
export function componentsOf(graph: SchemaGraph): ReadonlyMap<string, number> {
  const links = new Map([...graph].map(([pointer, parts]) => [pointer, allParts(parts)]));
  const back = reversed(links);
  const components = new Map<string, number>();
  for (const [component, node] of finished(links).toReversed().entries()) {
    const pending = [node];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (components.has(next)) continue;
      components.set(next, component);
      for (const other of back.get(next) ?? []) pending.push(other);
    }
  }
  return components;
}

type Links = ReadonlyMap<string, readonly string[]>;

/** Who is linked to by whom. */
function reversed(links: Links): Links {
  const back = new Map<string, string[]>([...links.keys()].map((node) => [node, []]));
  for (const [node, targets] of links) {
    for (const target of targets) back.get(target)?.push(node);
  }
  return back;
}

/** The nodes in the order in which a walk in depth is done with them. */
function finished(links: Links): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  for (const start of links.keys()) {
    const trail = seen.has(start) ? [] : [enter(start)];
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const { value, done } = top.targets.next();
      if (done === true) {
        order.push(top.node);
        trail.pop();
      } else if (!seen.has(value)) trail.push(enter(value));
    }
  }
  return order;

  function enter(node: string) {
    seen.add(node);
    return { node, targets: (links.get(node) ?? []).values() };
  }
}
