import { isJsonObject } from "../json.ts";
import { childPointer } from "../json-pointer.ts";
import type { Located } from "../operation-source.ts";
import type { CoverageItems } from "./coverage-item.ts";
import { count, countFound, type Tally } from "./coverage-node.ts";
import type { SchemaBook } from "./coverage-schema.ts";
import { textOf } from "./coverage-values.ts";

/** What can be seen of a parameter, as indexes of items. */
export interface ParameterCoverage {
  readonly in: string;
  /** In lower case for a header. */
  readonly name: string;
  readonly present: number;
  /** Undefined: it is required. */
  readonly absent: number | undefined;
  /** By the text of the value. */
  readonly values: ReadonlyMap<string, number>;
}

/** Where parameters come from. */
export interface ParameterSources {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export function planParameterCoverage(
  book: SchemaBook,
  items: CoverageItems,
  { value, pointer }: Located,
): ParameterCoverage {
  const where = String(value["in"]);
  const place = `${where} ${String(value["name"])}`;
  const add = (kind: "parameter" | "value", variant: string) =>
    items.add({ kind, direction: "request", place, variant });
  const present = add("parameter", "present");
  const absent = value["required"] === true ? undefined : add("parameter", "absent");
  const whole = book.facts(childPointer(pointer, "schema"));
  const each = whole.items === undefined ? whole : book.facts(childPointer(whole.items, "items"));
  const texts = isJsonObject(value["schema"]) ? (each.values ?? []).map(textOf) : [];
  return {
    in: where,
    name: where === "header" ? String(value["name"]).toLowerCase() : String(value["name"]),
    present,
    absent,
    values: new Map(texts.map((text) => [text, add("value", text)])),
  };
}

/** Counts what a request shows of a parameter. */
export function countParameter(plan: ParameterCoverage, sources: ParameterSources, tally: Tally): void {
  const texts = textsOf(plan, sources);
  if (texts.length === 0) {
    countFound(plan.absent, tally);
    return;
  }
  count(tally, plan.present);
  if (plan.values.size > 0) for (const text of texts) countTexts(plan.values, text, tally);
}

/** A list without explode comes as one text. */
function countTexts(values: ParameterCoverage["values"], text: string, tally: Tally): void {
  const parts = values.has(text) ? [text] : text.split(",");
  for (const part of parts) countFound(values.get(part), tally);
}

function textsOf({ in: where, name }: ParameterCoverage, sources: ParameterSources): readonly string[] {
  switch (where) {
    case "query":
      return sources.query.length === 0 ? none : queryTexts(name, sources.query);
    case "path":
      return listed(own(sources.path, name));
    case "header":
      return listed(own(sources.headers, name));
    default:
      return cookieTexts(name, sources.headers["cookie"] ?? "");
  }
}

/** A parameter of the style deepObject comes as `name[key]`. */
function queryTexts(name: string, query: ParameterSources["query"]): readonly string[] {
  return query.filter(([key]) => key === name || key.startsWith(`${name}[`)).map(([, text]) => text);
}

function cookieTexts(name: string, header: string): readonly string[] {
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

function own(record: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const none: readonly string[] = [];

function listed(text: string | undefined): readonly string[] {
  return text === undefined ? none : [text];
}
