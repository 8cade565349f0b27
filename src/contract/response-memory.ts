import type { CheckedResponse } from "./contract.ts";
import type { Site } from "./finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { encodeBody, escapeJson, newline } from "./json-text.ts";
import { followReferences, type ListPlan, planList } from "./list-plan.ts";
import { isPlainData } from "./plain-data.ts";
import { ResponseError } from "./response-error.ts";
import type { SchemaCheck, SchemaChecks } from "./schemas/schema-checks.ts";

/**
 * Checks and serialises bodies, and remembers those that passed by identity, so that a body that has not changed costs a
 * lookup. Only bytes that passed the schema are ever remembered; all else goes the whole way every time.
 */
export class ResponseMemory {
  readonly #document: JsonObject;
  readonly #checks: SchemaChecks;
  readonly #recheck: boolean;
  readonly #shelves = new Map<string, Shelf>();

  constructor(document: JsonObject, checks: SchemaChecks, recheck: boolean) {
    this.#document = document;
    this.#checks = checks;
    this.#recheck = recheck;
  }

  /** The place where bodies of a schema are kept. Uses of one schema share it, as a body of its own or as a list's item. */
  shelf(pointer: string): Shelf {
    const target = followReferences(this.#document, pointer);
    const known = this.#shelves.get(target);
    if (known !== undefined) return known;
    const shelf = {
      check: this.#checks.check(target, "response"),
      list: planList(this.#document, target),
      bytes: new WeakMap<object, Uint8Array>(),
    };
    this.#shelves.set(target, shelf);
    return shelf;
  }

  /** Makes the places of the items of all lists, which otherwise come with the first list. */
  shelveItems(): void {
    // A map goes through what is added to it on the way.
    for (const { list } of this.#shelves.values()) if (list !== undefined) this.shelf(list.items);
  }

  /**
   * The violations of a body and its bytes. The bytes are there even with violations, for those who send it regardless.
   * Throws a `ResponseError`: `not-json`, or `recheck-mismatch` when everything is checked anew.
   */
  admit(shelf: Shelf, body: object): CheckedResponse {
    if (!this.#recheck) {
      const bytes = this.#remembered(shelf, body);
      return bytes === undefined ? this.#whole(shelf, body) : { violations: none, bytes };
    }
    const known = this.#remembered(shelf, body);
    const anew = checkReadBack(shelf, body);
    if (known !== undefined && (anew.violations.length > 0 || !equal(known, anew.bytes))) {
      const message = `A body that was checked against ${shelf.check.pointer} has been changed afterwards`;
      throw new ResponseError(message, { code: "recheck-mismatch" });
    }
    return anew;
  }

  /** The same for a body that is made for one answer only, such as a refusal: nothing is looked up or kept. */
  once(shelf: Shelf, body: object): CheckedResponse {
    return this.#recheck ? checkReadBack(shelf, body) : check(shelf, body);
  }

  /** The bytes of a body that no schema speaks for. Throws a `ResponseError` (`not-json`). */
  serialise(body: object): Uint8Array {
    return encodeBody(escapeJson(stringify(body)));
  }

  /** Bytes of a body that passed before, or that can be put together from items that pass. */
  #remembered(shelf: Shelf, body: object): Uint8Array | undefined {
    const known = shelf.bytes.get(body);
    if (known !== undefined || shelf.list === undefined) return known;
    const joined = this.#joined(shelf, shelf.list, body);
    if (joined !== undefined) shelf.bytes.set(body, joined);
    return joined;
  }

  #whole(shelf: Shelf, body: object): CheckedResponse {
    const result = check(shelf, body);
    if (result.violations.length === 0) shelf.bytes.set(body, result.bytes);
    return result;
  }

  /** Undefined when any part does not pass: then the whole is checked, which tells what is wrong and where. */
  #joined(shelf: Shelf, plan: ListPlan, body: object): Uint8Array | undefined {
    const envelope = takeApart(plan, body);
    if (envelope === undefined) return undefined;
    const { head, tail, items } = envelope;
    if (shelf.check.violations(parse(`${head}${tail}`), site).length > 0) return undefined;
    const parts = this.#items(this.shelf(plan.items), items);
    return parts === undefined
      ? undefined
      : join(encodeBody(escapeJson(head)), parts, encodeBody(escapeJson(tail)));
  }

  #items(shelf: Shelf, items: readonly unknown[]): readonly Uint8Array[] | undefined {
    const parts: Uint8Array[] = [];
    for (const item of items) {
      if (typeof item !== "object" || item === null) return undefined;
      const known = this.#remembered(shelf, item);
      const bytes = known ?? this.#passing(shelf, item);
      if (bytes === undefined) return undefined;
      parts.push(bytes);
    }
    return parts;
  }

  #passing(shelf: Shelf, item: object): Uint8Array | undefined {
    const { violations, bytes } = this.#whole(shelf, item);
    return violations.length === 0 ? bytes : undefined;
  }
}

/** What is remembered for one schema. */
export interface Shelf {
  readonly check: SchemaCheck;
  readonly list: ListPlan | undefined;
  readonly bytes: WeakMap<object, Uint8Array>;
}

const none: Checked["violations"] = [];
const site: Site = { direction: "response", place: "body", prefix: "" };

interface Checked extends CheckedResponse {
  readonly bytes: Uint8Array;
}

/** Plain data may pass as it is, for that is what JSON makes of it. What does not pass, or is not plain, is read back first. */
function check(shelf: Shelf, body: object): Checked {
  const passes = isPlainData(body) && shelf.check.violations(body, site).length === 0;
  return passes
    ? { violations: none, bytes: encodeBody(escapeJson(stringify(body))) }
    : checkReadBack(shelf, body);
}

/**
 * What is checked is the value that the text reads back as, not the object that it was made from: whatever
 * `JSON.stringify` does to undefined properties, dates, NaN or `toJSON`, the schema judges what the client will see.
 */
function checkReadBack(shelf: Shelf, body: object): Checked {
  const text = stringify(body);
  return {
    violations: shelf.check.violations(parse(text), site),
    bytes: encodeBody(escapeJson(text)),
  };
}

function stringify(value: unknown): string {
  const text = write(value);
  if (text !== undefined) return text;
  throw new ResponseError("A response body cannot be written as JSON", { code: "not-json" });
}

function write(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new ResponseError("A response body cannot be written as JSON", { code: "not-json", cause });
  }
}

function parse(text: string): JsonValue {
  const value: JsonValue = JSON.parse(text);
  return value;
}

interface Envelope {
  /** Up to and including the bracket that opens the list. */
  readonly head: string;
  /** From the bracket that closes it. */
  readonly tail: string;
  readonly items: readonly unknown[];
}

/** Writes a body without the items of its list; undefined for a body that is not what it looks like. */
function takeApart({ property }: ListPlan, body: object): Envelope | undefined {
  if (!isJsonObject(body) || "toJSON" in body) return undefined;
  const items: unknown = Object.hasOwn(body, property) ? body[property] : undefined;
  if (!Array.isArray(items) || "toJSON" in items) return undefined;
  const names = Object.keys(body);
  const at = names.indexOf(property);
  if (at < 0) return undefined;
  const before = names.slice(0, at).flatMap((name) => member(name, body[name]));
  const after = names.slice(at + 1).flatMap((name) => member(name, body[name]));
  return {
    head: `{${[...before, `${JSON.stringify(property)}:[`].join(",")}`,
    tail: `${["]", ...after].join(",")}}`,
    items,
  };
}

function member(name: string, value: unknown): readonly string[] {
  const text = write(value);
  return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
}

const comma = 44;

/** Puts a list together. Every part ends in a newline, which the next part overwrites. */
function join(head: Uint8Array, items: readonly Uint8Array[], tail: Uint8Array): Uint8Array {
  let length = head.length + tail.length - 1;
  for (const item of items) length += item.length;
  if (items.length > 0) length -= 1;
  const bytes = new Uint8Array(length);
  bytes.set(head, 0);
  let offset = head.length - 1;
  for (const item of items) {
    bytes.set(item, offset);
    offset += item.length;
    bytes[offset - 1] = comma;
  }
  bytes.set(tail, items.length > 0 ? offset - 1 : offset);
  bytes[length - 1] = newline;
  return bytes;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
