import { isJsonObject, type JsonValue } from "../json.ts";
import { childPointer } from "../json-pointer.ts";
import { schemaTypes } from "../schemas/schema-keywords.ts";
import type { ChangeList, Difference, DiffPlace, DiffSide } from "./document-diff-change.ts";
import type { DiffReader } from "./document-diff-reader.ts";
import { lowerLimits, type Shape, type Shapes, upperLimits } from "./document-diff-shape.ts";
import { kindOf, kindOfText } from "./document-diff-span.ts";

/** The two documents, and where what differs is put. */
export interface Comparison {
  readonly before: DiffReader;
  readonly after: DiffReader;
  readonly shapes: Twin<Shapes>;
  readonly changes: ChangeList;
}

/** The same thing in both documents. */
export interface Twin<Value = JsonValue> {
  readonly before: Value;
  readonly after: Value;
}

/** Compares the schemas of one value that goes over the wire, all the way down. */
export class SchemaComparison {
  readonly #comparison: Comparison;
  readonly #side: DiffSide;
  /** Pairs of schemas that were looked at: one that is used often is told once for each part of an operation. */
  readonly #seen = new Set<string>();

  constructor(comparison: Comparison, side: DiffSide) {
    this.#comparison = comparison;
    this.#side = side;
  }

  compare(schemas: Twin, place: DiffPlace): void {
    const before = this.#comparison.before.follow(schemas.before);
    const after = this.#comparison.after.follow(schemas.after);
    const pair = `${this.#comparison.before.numberOf(before)} ${this.#comparison.after.numberOf(after)}`;
    if (this.#seen.has(pair)) return;
    this.#seen.add(pair);
    const text = this.#comparison.before.text(before);
    // Most of what two documents have in common; only behind a reference could there be a difference.
    if (text === this.#comparison.after.text(after) && !text.includes('"$ref"')) return;
    const shapes: Twin<Shape> = {
      before: this.#comparison.shapes.before.of(before ?? true),
      after: this.#comparison.shapes.after.of(after ?? true),
    };
    if (this.#lone(schemas, shapes, place) || !this.#types(shapes, place)) return;
    this.#values(shapes, place);
    this.#limits(shapes, place);
    this.#others(shapes, place);
    this.#properties(shapes, place);
    this.#inner({ before: shapes.before.additional, after: shapes.after.additional }, place);
    this.#items(shapes, place);
    this.#choices(shapes, place);
  }

  #add(difference: Omit<Difference, "side">, place: DiffPlace): void {
    this.#comparison.changes.add({ ...difference, side: this.#side }, place);
  }

  /** A schema is a choice of one: it may have become one of several, or be the one that is left. Whether that is so. */
  #lone(schemas: Twin, shapes: Twin<Shape>, place: DiffPlace): boolean {
    const { before, after } = shapes;
    const isGrown = isLone(before) && after.isChoice;
    if (!isGrown && !(before.isChoice && isLone(after))) return false;
    const [options = []] = (isGrown ? after : before).choices;
    if (options.length < 2) return false;
    this.#choice(
      { before: isGrown ? [schemas.before] : options, after: isGrown ? options : [schemas.after] },
      place,
    );
    return true;
  }

  /** Whether any value can fit both: of others, nothing more is worth telling. */
  #types({ before, after }: Twin<Shape>, place: DiffPlace): boolean {
    const kind = kindOf(before.types, after.types);
    if (kind === undefined) return true;
    this.#add({ kind, subject: "type", before: typeText(before), after: typeText(after) }, place);
    return [...before.types].some((type) => type !== "null" && after.types.has(type));
  }

  #values({ before, after }: Twin<Shape>, place: DiffPlace): void {
    const kind = kindOf(before.values, after.values);
    const text = ({ values }: Shape) => values && [...values].sort().join(", ");
    if (kind !== undefined) {
      this.#add({ kind, subject: "enum", before: text(before), after: text(after) }, place);
    }
  }

  #limits({ before, after }: Twin<Shape>, place: DiffPlace): void {
    for (const name of [...lowerLimits, ...upperLimits]) {
      const old = before.limits.get(name);
      const now = after.limits.get(name);
      if (old === now) continue;
      const isLower = lowerLimits.some((lower) => lower === name);
      const none = isLower ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      const isRaised = (now ?? none) > (old ?? none);
      const kind = isRaised === isLower ? "narrowed" : "widened";
      this.#add({ kind, subject: name, before: old?.toString(), after: now?.toString() }, place);
    }
  }

  #others({ before, after }: Twin<Shape>, place: DiffPlace): void {
    for (const subject of new Set([...before.others.keys(), ...after.others.keys()])) {
      const old = before.others.get(subject);
      const now = after.others.get(subject);
      if (old !== now) this.#add({ kind: kindOfText(old, now), subject, before: old, after: now }, place);
    }
  }

  #properties({ before, after }: Twin<Shape>, place: DiffPlace): void {
    for (const name of new Set([...namesOf(before), ...namesOf(after)])) {
      const at = { ...place, pointer: childPointer(place.pointer, name) };
      const old = this.#traveling(this.#comparison.before, propertyOf(before, name));
      const now = this.#traveling(this.#comparison.after, propertyOf(after, name));
      if (old === undefined && now === undefined) continue;
      if (old === undefined || now === undefined) {
        this.#presence({ name, isNew: now !== undefined, isRequired: after.required.has(name) }, at);
        continue;
      }
      const wasRequired = before.required.has(name);
      if (wasRequired !== after.required.has(name)) {
        const kind = wasRequired ? "became-optional" : "became-required";
        this.#add({ kind, subject: name, ...requirement(wasRequired) }, at);
      }
      this.compare({ before: old, after: now }, at);
    }
  }

  #presence(
    {
      name,
      isNew,
      isRequired,
    }: { readonly name: string; readonly isNew: boolean; readonly isRequired: boolean },
    place: DiffPlace,
  ): void {
    if (!isNew) this.#add({ kind: "property-removed", subject: name }, place);
    else if (isRequired) this.#add({ kind: "required-property-added", subject: name }, place);
    else this.#add({ kind: "property-added", subject: name }, place);
  }

  /** A property that does not go this way is none. */
  #traveling(reader: DiffReader, schema: JsonValue | undefined): JsonValue | undefined {
    const word = this.#side === "request" ? "readOnly" : "writeOnly";
    const own = isJsonObject(schema) ? schema[word] : undefined;
    const stays = own ?? reader.object(schema)[word];
    return stays === true ? undefined : schema;
  }

  /** Properties that are not named. */
  #inner({ before, after }: Twin, place: DiffPlace): void {
    if (isJsonObject(before) && isJsonObject(after)) {
      this.compare({ before, after }, { ...place, pointer: `${place.pointer}/*` });
      return;
    }
    const old = this.#comparison.before.canonical(before);
    const now = this.#comparison.after.canonical(after);
    if (old === now) return;
    // A client that does not know a property does not read it, so more of them break nobody.
    const narrows = after === false || before === true;
    if (!narrows && this.#side === "response") return;
    const kind = narrows ? "narrowed" : "widened";
    this.#add({ kind, subject: "additionalProperties", before: old, after: now }, place);
  }

  #items({ before, after }: Twin<Shape>, place: DiffPlace): void {
    if (before.items === undefined && after.items === undefined) return;
    if (before.items === undefined || after.items === undefined) {
      const kind = before.items === undefined ? "narrowed" : "widened";
      this.#add({ kind, subject: "items" }, place);
      return;
    }
    const at = { ...place, pointer: `${place.pointer}/*` };
    this.compare({ before: before.items, after: after.items }, at);
  }

  #choices({ before, after }: Twin<Shape>, place: DiffPlace): void {
    const length = Math.max(before.choices.length, after.choices.length);
    for (let index = 0; index < length; index += 1) {
      this.#choice({ before: before.choices[index], after: after.choices[index] }, place);
    }
  }

  /** Alternatives that are written the same are matched first; what is left, by their order if it is as many. */
  #choice({ before, after }: Twin<readonly JsonValue[] | undefined>, place: DiffPlace): void {
    if (before === undefined || after === undefined) {
      const kind = before === undefined ? "narrowed" : "widened";
      this.#add({ kind, subject: "alternatives", ...counts(before, after) }, place);
      return;
    }
    const come = [...after];
    const gone = before.filter((option) => {
      const text = this.#comparison.before.text(option);
      const index = come.findIndex((other) => this.#comparison.after.text(other) === text);
      const [same] = index < 0 ? [] : come.splice(index, 1);
      if (same !== undefined) this.compare({ before: option, after: same }, place);
      return same === undefined;
    });
    if (gone.length === come.length) {
      for (const [index, option] of gone.entries()) {
        this.compare({ before: option, after: come[index] ?? true }, place);
      }
      return;
    }
    const kind = gone.length === 0 ? "widened" : come.length === 0 ? "narrowed" : "altered";
    this.#add({ kind, subject: "alternatives", ...counts(before, after) }, place);
  }
}

export function requirement(wasRequired: boolean): { readonly before: string; readonly after: string } {
  return wasRequired ? { before: "required", after: "optional" } : { before: "optional", after: "required" };
}

/** Whether it states what it is, and offers no choice. */
function isLone({ types, choices }: Shape): boolean {
  return types.size < schemaTypes.length && choices.length === 0;
}

function namesOf({ properties, required }: Shape): readonly string[] {
  return [...properties.keys(), ...required];
}

/** One that has to be there need not be described. */
function propertyOf({ properties, required }: Shape, name: string): JsonValue | undefined {
  return properties.get(name) ?? (required.has(name) ? true : undefined);
}

function typeText({ types }: Shape): string {
  const names = [...types].filter((type) => type !== "integer" || !types.has("number"));
  names.sort((one, other) => Number(one === "null") - Number(other === "null"));
  return names.length === 6 ? "any" : names.join(" or ") || "none";
}

function counts(
  before: readonly JsonValue[] | undefined,
  after: readonly JsonValue[] | undefined,
): Pick<Difference, "before" | "after"> {
  return { before: before?.length.toString(), after: after?.length.toString() };
}
