import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { pointerKeys, resolvePointer } from "./json-pointer.ts";
import { documentError } from "./operation-source.ts";

/** A document to whose components another one refers by file name. */
export interface Lender {
  /** As it stands before the `#` of a reference. */
  readonly file: string;
  readonly document: JsonObject;
}

/**
 * A document with copies of its own of all that it refers to in another one. A component that is nothing but a reference to
 * the lender's component of the same name stands for that. Neither document is changed.
 *
 * Throws a `ContractError` (`document-shape`) for a reference to what is no component of the lender, or to one whose name
 * means something else in the document.
 */
export function borrowComponents(document: JsonObject, lender: Lender): JsonObject {
  const { components: own = {}, ...rest } = document;
  const loan = new Loan(isJsonObject(own) ? own : {}, lender);
  const rewritten = loan.withoutLender(rest);
  return { ...rewritten, components: loan.components() };
}

class Loan {
  readonly #own: JsonObject;
  readonly #lender: Lender;
  readonly #borrowed = new Map<string, JsonValue>();

  constructor(own: JsonObject, lender: Lender) {
    this.#own = own;
    this.#lender = lender;
  }

  withoutLender(object: JsonObject): JsonObject {
    return this.#object(object, `${this.#lender.file}#`);
  }

  components(): JsonObject {
    const kinds = new Map<string, JsonObject>();
    for (const [kind, members] of Object.entries(this.#own)) {
      kinds.set(kind, this.#members(kind, isJsonObject(members) ? members : {}));
    }
    // What is borrowed may borrow on, so this comes last.
    for (const [pointer, value] of this.#borrowed) {
      const [, kind = "", name = ""] = pointerKeys(pointer);
      kinds.set(kind, { ...kinds.get(kind), [name]: value });
    }
    return Object.fromEntries(kinds);
  }

  #members(kind: string, members: JsonObject): JsonObject {
    const kept = Object.entries(members).filter(([name, value]) => {
      if (!this.#isStandIn(value, `/components/${kind}/${name}`)) return true;
      this.#borrow(`/components/${kind}/${name}`);
      return false;
    });
    return this.withoutLender(Object.fromEntries(kept));
  }

  #isStandIn(value: JsonValue | undefined, pointer: string): boolean {
    return isJsonObject(value) && value["$ref"] === `${this.#lender.file}#${pointer}`;
  }

  #borrow(pointer: string): void {
    if (this.#borrowed.has(pointer)) return;
    const [root, kind = "", name = "", ...below] = pointerKeys(pointer);
    const value = resolvePointer(this.#lender.document, pointer);
    if (root !== "components" || below.length > 0 || value === undefined) {
      throw documentError(pointer, `${this.#lender.file} has no such component to lend`);
    }
    const own = resolvePointer({ components: this.#own }, pointer);
    if (own !== undefined && !this.#isStandIn(own, pointer)) {
      throw documentError(
        pointer,
        `the ${kind} of ${this.#lender.file} have a ${name}, too: use another name`,
      );
    }
    // A place before there is a value, for components that refer to themselves.
    this.#borrowed.set(pointer, value);
    this.#borrowed.set(pointer, this.#value(value, "#"));
  }

  /** `prefix`: how references to the lender begin in what is copied. */
  #value(value: JsonValue, prefix: string): JsonValue {
    if (isJsonArray(value)) return value.map((item) => this.#value(item, prefix));
    return isJsonObject(value) ? this.#object(value, prefix) : value;
  }

  #object(object: JsonObject, prefix: string): JsonObject {
    const entries = Object.entries(object).map(([key, item]): [string, JsonValue] => {
      if (key === "$ref" && typeof item === "string" && item.startsWith(`${prefix}/`)) {
        const pointer = item.slice(prefix.length);
        this.#borrow(pointer);
        return [key, `#${pointer}`];
      }
      return [key, this.#value(item ?? null, prefix)];
    });
    return Object.fromEntries(entries);
  }
}
