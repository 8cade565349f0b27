import type { JsonValue } from "../json.ts";
import type { ParameterPlan, ParameterShape, Types } from "./parameter-plan.ts";

/** What came for one parameter. `syntax`: it cannot be read at all, `expected` says what could. */
export type ParameterReading =
  | { readonly kind: "absent" }
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "syntax"; readonly received: JsonValue; readonly expected: string };

export type Pair = readonly [name: string, value: string];

const absent: ParameterReading = { kind: "absent" };
const singleValue = "a single value, the parameter given once";

/** Reads a query parameter out of the decoded pairs of the URL. */
export function readQueryParameter(plan: ParameterPlan, query: readonly Pair[]): ParameterReading {
  const { name, style, explode, shape } = plan;
  if (query.length === 0) return absent;
  if (shape.kind === "object" && style === "deepObject") return readDeepObject(name, shape, query);
  if (shape.kind === "object" && explode) return readExplodedObject(shape, query);
  const values = valuesOf(query, name);
  if (values.length === 0) return absent;
  if (shape.kind === "array" && explode) return value(values.map((text) => scalar(text, shape.items)));
  return readSingle(plan, values);
}

/** Reads a parameter that comes as one text: from the path, a header or a cookie. */
export function readTextParameter(plan: ParameterPlan, values: readonly string[]): ParameterReading {
  return values.length === 0 ? absent : readSingle(plan, values);
}

/** Whether a name in the query belongs to the parameter. */
export function ownsQueryName(plan: ParameterPlan, name: string): boolean {
  const { shape, style, explode } = plan;
  if (shape.kind === "object" && style === "deepObject") {
    return name === plan.name || name.startsWith(`${plan.name}[`);
  }
  return shape.kind === "object" && explode ? shape.properties.has(name) : name === plan.name;
}

function readSingle({ shape, explode }: ParameterPlan, values: readonly string[]): ParameterReading {
  const [text = "", second] = values;
  if (second !== undefined) {
    return { kind: "syntax", received: values, expected: singleValue };
  }
  switch (shape.kind) {
    case "scalar":
      return value(scalar(text, shape.types));
    case "array":
      return value(text === "" ? [] : commaSeparated(text).map((item) => scalar(item, shape.items)));
    case "object":
      return readFlatObject(text, shape, explode);
  }
}

type ObjectShape = Extract<ParameterShape, { kind: "object" }>;

/** `a,1,b,2`, or `a=1,b=2` when exploded. */
function readFlatObject(text: string, shape: ObjectShape, explode: boolean): ParameterReading {
  const parts = text === "" ? [] : commaSeparated(text);
  const pairs = explode ? equalsPairs(parts) : alternatingPairs(parts);
  if (pairs !== undefined) return objectOf(pairs, shape);
  const expected = explode ? "pairs such as name=value,other=value" : "pairs such as name,value,other,value";
  return { kind: "syntax", received: text, expected };
}

function equalsPairs(parts: readonly string[]): readonly Pair[] | undefined {
  if (!parts.every((part) => part.includes("="))) return undefined;
  return parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]);
}

function alternatingPairs(parts: readonly string[]): readonly Pair[] | undefined {
  if (parts.length % 2 === 1) return undefined;
  const names = parts.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, parts[index * 2 + 1] ?? ""]);
}

/** `?name[a]=1&name[b]=2` */
function readDeepObject(name: string, shape: ObjectShape, query: readonly Pair[]): ParameterReading {
  const pairs: Pair[] = [];
  for (const [key, text] of query) {
    if (key !== name && !key.startsWith(`${name}[`)) continue;
    const [, property] = /^\[([^[\]]+)\]$/u.exec(key.slice(name.length)) ?? [];
    if (property === undefined) {
      const expected = `a property in brackets such as ${name}[property]=value`;
      return { kind: "syntax", received: `${key}=${text}`, expected };
    }
    pairs.push([property, text]);
  }
  return pairs.length === 0 ? absent : objectOf(pairs, shape);
}

/** Each documented property is a parameter of its own. */
function readExplodedObject(shape: ObjectShape, query: readonly Pair[]): ParameterReading {
  const pairs = query.filter(([name]) => shape.properties.has(name));
  return pairs.length === 0 ? absent : objectOf(pairs, shape);
}

function objectOf(pairs: readonly Pair[], shape: ObjectShape): ParameterReading {
  const repeated = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) < index);
  if (repeated !== undefined) {
    const expected = `each property once, not ${JSON.stringify(repeated[0])} again`;
    return { kind: "syntax", received: repeated[1], expected };
  }
  const asString: Types = new Set(["string"]);
  const entries = pairs.map(
    ([name, text]) => [name, scalar(text, shape.properties.get(name) ?? asString)] as const,
  );
  return value(Object.fromEntries(entries));
}

/**
 * A text as the most specific type that it fits; what fits none stays a string, which the schema then refuses. Stricter
 * than any coercion: `5.0`, `05`, `+5`, `0x5` and a blank are no integers, `1` and `TRUE` are no booleans.
 */
function scalar(text: string, types: Types): JsonValue {
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("integer") && /^-?(?:0|[1-9]\d*)$/u.test(text) && Number.isSafeInteger(Number(text))) {
    return Number(text);
  }
  if (types.has("number") && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(text)) {
    return Number.isFinite(Number(text)) ? Number(text) : text;
  }
  return text;
}

function value(read: JsonValue): ParameterReading {
  return { kind: "value", value: read };
}

function valuesOf(query: readonly Pair[], name: string): readonly string[] {
  return query.filter(([key]) => key === name).map(([, text]) => text);
}

function commaSeparated(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim());
}
