import { childPointer } from "../json-pointer.ts";
import { componentsOf } from "../schemas/schema-components.ts";
import { schemaGraph } from "../schemas/schema-graph.ts";
import { branchFits, branchVariant } from "./coverage-branch.ts";
import type { CoverageItem, CoverageItems } from "./coverage-item.ts";
import type { BranchNode, PropertyNode, ValueNode } from "./coverage-node.ts";
import type { SchemaBook, SchemaFacts } from "./coverage-schema.ts";

/** What the items of a body have in common. */
type Side = Pick<CoverageItem, "direction" | "status">;

/** Where the planning stands: the place of a value, and the marks of the schemas that it lies within. */
interface Spot {
  readonly place: string;
  readonly within: ReadonlySet<Mark>;
}

/** What a schema is known by: its pointer, or the number that it shares with all schemas that it comes back from. */
type Mark = string | number;

/** A plan with more values than these is no plan that anybody could look at. */
const mostPlanned = 10_000;

/** Plans what can be seen of the values of one body. */
export class ValuePlanner {
  readonly #book: SchemaBook;
  readonly #items: CoverageItems;
  readonly #side: Side;
  #markOf: (pointer: string) => Mark = (pointer) => pointer;
  /** How many values may still be planned. */
  #left = mostPlanned;

  constructor(book: SchemaBook, items: CoverageItems, side: Side) {
    this.#book = book;
    this.#items = items;
    this.#side = side;
  }

  /**
   * Undefined where nothing can be seen. A schema that comes back to itself is planned once only; where schemas refer to each
   * other in more ways than anybody could look at, so is all that lies within such a circle.
   */
  plan(pointer: string): ValueNode | undefined {
    const before = this.#items.list.length;
    const spot: Spot = { place: "body", within: new Set() };
    this.#left = mostPlanned;
    this.#markOf = (one) => one;
    const node = this.#plan(pointer, spot);
    if (this.#left >= 0) return node;
    this.#items.cut(before);
    const components = componentsOf(schemaGraph(this.#book.document, pointer));
    this.#left = Number.POSITIVE_INFINITY;
    this.#markOf = (one) => components.get(one) ?? one;
    return this.#plan(pointer, spot);
  }

  #plan(pointer: string, { place, within }: Spot): ValueNode | undefined {
    this.#left -= 1;
    if (this.#left < 0) return undefined;
    const facts = this.#book.facts(pointer);
    const marks = [...facts.pointers].map(this.#markOf);
    if (marks.some((own) => within.has(own))) return undefined;
    const inside = new Set([...within, ...marks]);
    const node: ValueNode = {
      types: this.#types(facts, place),
      values: this.#values(facts, place),
      properties: this.#properties(pointer, facts, { place, within: inside }),
      items:
        facts.items === undefined
          ? undefined
          : this.#plan(childPointer(facts.items, "items"), { place: `${place}/*`, within: inside }),
      branches: facts.alternatives.map((one) => this.#branch(one, { place, within: inside })),
    };
    return isBlind(node) ? undefined : node;
  }

  #types({ types }: SchemaFacts, place: string): ValueNode["types"] {
    if (types.length < 2) return undefined;
    return new Map(types.map((type) => [type, this.#add("branch", place, type)]));
  }

  /** Null stands among the types where it is one of several. */
  #values({ types, values }: SchemaFacts, place: string): ValueNode["values"] {
    if (values === undefined) return undefined;
    const telling = values.filter((value) => value !== null || types.length < 2);
    return new Map(telling.map((value) => [value, this.#add("value", place, textOf(value))]));
  }

  /** What only the other side sends cannot be seen here. */
  #properties(
    pointer: string,
    { properties, required }: SchemaFacts,
    { place, within }: Spot,
  ): readonly PropertyNode[] {
    const hidden = this.#book.hidden(pointer, this.#side.direction);
    return [...properties]
      .filter(([name]) => !hidden.has(name))
      .map(([name, schema]) => {
        const at = childPointer(place, name);
        return {
          name,
          isInherited: name in Object.prototype,
          present: this.#add("property", at, "present"),
          absent: required.has(name) ? undefined : this.#add("property", at, "absent"),
          value: this.#plan(schema, { place: at, within }),
        };
      });
  }

  #branch(pointer: string, spot: Spot): BranchNode {
    return {
      index: this.#add("branch", spot.place, branchVariant(this.#book.document, pointer)),
      fits: branchFits(this.#book, pointer),
      value: this.#plan(pointer, spot),
    };
  }

  #add(kind: CoverageItem["kind"], place: string, variant: string): number {
    return this.#items.add({ kind, ...this.#side, place, variant });
  }
}

function isBlind({ types, values, properties, items, branches }: ValueNode): boolean {
  return (
    types === undefined &&
    values === undefined &&
    items === undefined &&
    properties.length === 0 &&
    branches.length === 0
  );
}

/** A value of an enum as it is read by people. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
