import { isJsonObject, type JsonObject } from "../json.ts";
import { childPointer } from "../json-pointer.ts";
import { followReferences } from "../list-plan.ts";
import { isJsonMediaType } from "../media-type.ts";
import { type Located, type OperationSource, readOperations } from "../operation-source.ts";
import { type CoverageItem, CoverageItems } from "./coverage-item.ts";
import type { ValueNode } from "./coverage-node.ts";
import { type ParameterCoverage, planParameterCoverage } from "./coverage-parameter.ts";
import { SchemaBook } from "./coverage-schema.ts";
import { ValuePlanner } from "./coverage-values.ts";

/** What can be seen of content, by media type as documented. */
export interface ContentCoverage {
  /** Index of the item of the media type. */
  readonly index: number;
  /** Undefined when it is not JSON, or nothing can be seen of its values. */
  readonly value: ValueNode | undefined;
}

export interface ResponseCoverage {
  /** Index of the item of the status. */
  readonly index: number;
  readonly contents: ReadonlyMap<string, ContentCoverage>;
}

export interface BodyCoverage {
  readonly contents: ReadonlyMap<string, ContentCoverage>;
  /** Indexes of the items of a body that may be left out. */
  readonly optional: { readonly present: number; readonly absent: number } | undefined;
}

/** What an operation documents, with where an exchange has to look for it. */
export interface OperationCoverage {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly items: readonly CoverageItem[];
  /** Index of the item of the operation itself. */
  readonly called: number;
  readonly parameters: readonly ParameterCoverage[];
  readonly body: BodyCoverage | undefined;
  /** By `200`, `4XX` or `default`. */
  readonly responses: ReadonlyMap<string, ResponseCoverage>;
}

/** All that a document documents, operation by operation; each is planned when it is first asked for. */
export class CoveragePlan {
  readonly #book: SchemaBook;
  readonly #sources: ReadonlyMap<string, OperationSource>;
  readonly #planned = new Map<string, OperationCoverage>();

  /** Throws a `ContractError` for a document that is no contract. */
  constructor(document: JsonObject) {
    this.#book = new SchemaBook(document);
    this.#sources = new Map(readOperations(document).map((source) => [source.id, source]));
  }

  /** Ids, in the order of the document. */
  get operations(): readonly string[] {
    return [...this.#sources.keys()];
  }

  operation(id: string): OperationCoverage {
    const known = this.#planned.get(id);
    if (known !== undefined) return known;
    const source = this.#sources.get(id);
    if (source === undefined) throw new Error(`The operation "${id}" is not part of this contract.`);
    const planned = planOperation(this.#book, source);
    this.#planned.set(id, planned);
    return planned;
  }
}

function planOperation(book: SchemaBook, source: OperationSource): OperationCoverage {
  const { id, method, path, parameters, requestBody, responses } = source;
  const items = new CoverageItems();
  const called = items.add({ kind: "operation", direction: "request", place: id });
  const planning = { book, items };
  return {
    id,
    method,
    path,
    called,
    parameters: parameters.map((parameter) => planParameterCoverage(book, items, parameter)),
    body: requestBody === undefined ? undefined : planBody(planning, requestBody),
    responses: new Map(
      [...responses].map(([status, response]) => [status, planResponse(planning, status, response)]),
    ),
    items: items.list,
  };
}

interface Planning {
  readonly book: SchemaBook;
  readonly items: CoverageItems;
}

function planBody(planning: Planning, body: Located): BodyCoverage {
  const { items } = planning;
  const add = (variant: string) =>
    items.add({ kind: "parameter", direction: "request", place: "body", variant });
  const optional =
    body.value["required"] === true ? undefined : { present: add("present"), absent: add("absent") };
  return { optional, contents: planContents(planning, body, { direction: "request" }) };
}

function planResponse(planning: Planning, status: string, response: Located): ResponseCoverage {
  const index = planning.items.add({ kind: "status", direction: "response", place: status });
  return { index, contents: planContents(planning, response, { direction: "response", status }) };
}

function planContents(
  { book, items }: Planning,
  { value, pointer }: Located,
  side: Pick<CoverageItem, "direction" | "status">,
): ReadonlyMap<string, ContentCoverage> {
  const { content } = value;
  const planner = new ValuePlanner(book, items, side);
  const types = isJsonObject(content) ? Object.keys(content) : [];
  return new Map(
    types.map((type) => {
      const schema = followReferences(book.document, childPointer(pointer, "content", type, "schema"));
      const index = items.add({ kind: "media_type", ...side, place: type });
      return [type, { index, value: isJsonMediaType(type) ? planner.plan(schema) : undefined }];
    }),
  );
}
