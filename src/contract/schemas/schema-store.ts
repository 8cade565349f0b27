import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import { ContractError } from "../contract-error.ts";
import { contractFormats } from "../formats.ts";
import type { JsonObject } from "../json.ts";
import { pointerFragment } from "../json-pointer.ts";
import {
  type SchemaOrigin,
  type SchemaUse,
  type TransformHost,
  transformSchema,
} from "./directional-schema.ts";
import { lateReference } from "./late-reference.ts";
import { mendUnevaluated } from "./unevaluated-properties.ts";

export type SchemaError = ErrorObject;

/** How schemas of a contract are read, whatever is made of them. */
const reading = {
  strict: true,
  // Types are checked on the document itself (schema-walk.ts). Copies for one direction have names and types apart
  // from what asserts something of them, and `items: false` becomes a schema that can be pointed at.
  strictTypes: false,
  strictRequired: false,
  strictTuples: false,
  allowMatchingProperties: true,
  // Otherwise `required: [toString]` is fulfilled by every object.
  ownProperties: true,
  formats: contractFormats,
  validateSchema: false,
  meta: false,
  logger: false,
} as const satisfies Options;

/** Makes errors that can be explained. */
const explaining = {
  allErrors: true,
  // Errors must name the very schema object that failed: that leads back to its place in the document.
  verbose: true,
  // A schema is compiled when it is first needed, while somebody waits, and most of what it checks is remembered: time
  // spent on making its code faster is time lost.
  inlineRefs: false,
  code: { optimize: false },
} as const satisfies Options;

/** Compiles the schemas of one document, each reading of each schema once and not before it is needed. */
export class SchemaStore implements TransformHost {
  readonly document: JsonObject;
  readonly ajv: Ajv2020;
  readonly #keys = new Map<string, string>();
  readonly #roots = new Map<string, JsonObject>();
  readonly #origins = new WeakMap<object, SchemaOrigin>();

  /** `purpose`: what is wanted of the compiled schemas in place of errors that can be explained. */
  constructor(document: JsonObject, purpose?: Options) {
    this.document = document;
    this.ajv = new Ajv2020({ ...reading, ...(purpose ?? explaining) });
    mendUnevaluated(this.ajv);
    if (purpose === undefined) {
      this.ajv.removeKeyword("$ref");
      this.ajv.addKeyword(lateReference((key) => this.#compiled(key)));
    }
  }

  /** Throws a `ContractError` (`schema-compile`) when the schema does not compile: nothing counts as valid by default. */
  validator(use: SchemaUse): ValidateFunction {
    return this.#compiled(this.add(use));
  }

  /** Compiles all that was added, which otherwise happens bit by bit. Throws as `validator` does. */
  compile(): void {
    for (const key of this.#roots.keys()) this.#compiled(key);
  }

  #compiled(key: string): ValidateFunction {
    try {
      const validate = this.ajv.getSchema(key);
      if (validate !== undefined) return validate;
    } catch (cause) {
      throw this.#badSchema(key, cause instanceof Error ? cause.message : String(cause), cause);
    }
    throw this.#badSchema(key, "it was not found after it had been added");
  }

  #badSchema(key: string, reason: string, cause?: unknown): ContractError {
    const pointer = this.originOf(this.#roots.get(key) ?? {})?.use.pointer ?? "";
    const message = `Bad schema at ${pointerFragment(pointer)}: ${reason}`;
    return new ContractError(message, { code: "schema-compile", pointer, cause });
  }

  keyOf(use: SchemaUse): string {
    const name = `${use.direction} ${use.variant} ${use.pointer}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    // Opaque: a pointer would go through URI normalisation, which treats `~1` and braces differently from place to place.
    const key = `contract:${this.#keys.size}`;
    this.#keys.set(name, key);
    return key;
  }

  note(schema: object, origin: SchemaOrigin): void {
    this.#origins.set(schema, origin);
  }

  originOf(schema: object): SchemaOrigin | undefined {
    return this.#origins.get(schema);
  }

  /** The transformed schema behind a key as `$ref` holds it. */
  root(key: string): JsonObject | undefined {
    return this.#roots.get(key);
  }

  /** Makes a schema and all that it refers to known to ajv, and gives its key there. */
  add(wanted: SchemaUse): string {
    const pending = [wanted];
    for (let use = pending.pop(); use !== undefined; use = pending.pop()) {
      const key = this.keyOf(use);
      if (this.#roots.has(key)) continue;
      const { schema, references } = transformSchema(this, use);
      this.#roots.set(key, schema);
      this.ajv.addSchema(schema, key);
      pending.push(...references);
    }
    return this.keyOf(wanted);
  }
}
