import type { ContractOperation, Match, Route } from "./contract.ts";
import { nearestRoutes } from "./nearest-routes.ts";
import { documentError } from "./operation-source.ts";

/** Finds the operation for a method and a path; built once, a match costs about a microsecond. */
export class Router {
  readonly #routes: readonly Route[];
  readonly #root = new Node();

  /** Throws a `ContractError` (`document-shape`) for two operations that answer the same requests. */
  constructor(routes: readonly Route[]) {
    this.#routes = routes;
    for (const route of routes) this.#add(route);
  }

  /**
   * Case and a trailing slash count, repeated slashes do not (provider: it collapses them). Each segment is decoded for
   * itself, so `%2F` never separates segments.
   */
  match(method: string, path: string): Match {
    if (!path.startsWith("/")) return this.#miss(method, path);
    const segments: string[] = [];
    for (const raw of splitPath(path)) {
      const segment = raw.includes("%") ? decodeSegment(raw) : raw;
      if (segment === undefined) return { kind: "bad-encoding", segment: raw };
      segments.push(segment);
    }
    const leaf = find(this.#root, segments, 0);
    if (leaf === undefined) return this.#miss(method, path);
    const found = leaf.targets.get(method);
    if (found === undefined) {
      return { kind: "no-method", template: leaf.template, allow: [...leaf.targets.keys()].sort() };
    }
    return { kind: "operation", operation: found.operation, path: captured(found, segments) };
  }

  #miss(method: string, path: string): Match {
    return { kind: "no-path", nearest: nearestRoutes(this.#routes, { method, path }) };
  }

  #add({ operation, prefix, pointer }: Route): void {
    const template = `${prefix}${operation.path}`;
    const captures: Capture[] = [];
    let node = this.#root;
    for (const [index, segment] of splitPath(template).entries()) {
      const name = parameterName(segment, pointer);
      if (name !== undefined) captures.push({ name, index });
      node = name === undefined ? node.literal(segment) : node.parameter();
    }
    const leaf = node.leafFor(template);
    const other = leaf.targets.get(operation.method);
    if (other !== undefined) {
      throw documentError(
        pointer,
        `${operation.method} ${template} is also answered by "${other.operation.id}"`,
      );
    }
    leaf.targets.set(operation.method, { operation, captures });
  }
}

interface Capture {
  readonly name: string;
  /** Of the segment. */
  readonly index: number;
}

interface Target {
  readonly operation: ContractOperation;
  readonly captures: readonly Capture[];
}

interface Leaf {
  readonly template: string;
  readonly targets: Map<string, Target>;
}

class Node {
  readonly literals = new Map<string, Node>();
  any: Node | undefined;
  leaf: Leaf | undefined;

  literal(segment: string): Node {
    const known = this.literals.get(segment);
    if (known !== undefined) return known;
    const node = new Node();
    this.literals.set(segment, node);
    return node;
  }

  parameter(): Node {
    this.any ??= new Node();
    return this.any;
  }

  leafFor(template: string): Leaf {
    this.leaf ??= { template, targets: new Map() };
    return this.leaf;
  }
}

/** Literal segments are tried first at each step, so that the most specific template wins whatever its method. */
function find(node: Node, segments: readonly string[], index: number): Leaf | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.leaf;
  const literal = node.literals.get(segment);
  const exact = literal === undefined ? undefined : find(literal, segments, index + 1);
  if (exact !== undefined || node.any === undefined || segment === "") return exact;
  return find(node.any, segments, index + 1);
}

function captured({ captures }: Target, segments: readonly string[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, index } of captures) values[name] = segments[index] ?? "";
  return values;
}

/** `/a//b/` has the segments `a`, `b` and an empty one for the slash at the end. */
function splitPath(path: string): readonly string[] {
  const collapsed = path.includes("//") ? path.replace(/\/{2,}/gu, "/") : path;
  return collapsed.slice(1).split("/");
}

function decodeSegment(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch (cause) {
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
}

/** The name in `{name}`; undefined for a literal segment. Anything in between is not supported and stops the start. */
function parameterName(segment: string, pointer: string): string | undefined {
  if (!/[{}]/u.test(segment)) return undefined;
  const [, name] = /^\{([^{}]+)\}$/u.exec(segment) ?? [];
  if (name === undefined)
    throw documentError(pointer, `the path segment "${segment}" mixes text and parameter`);
  return name;
}
