import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Site } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import type { Direction, Violation } from "../violation.ts";
import { Explainer } from "../violations.ts";
import { SchemaStore } from "./schema-store.ts";
import { type CheckedSchema, type Verdict, type Verdicts, verdictName } from "./verdicts.ts";

/** One schema of a document, ready to check values travelling in one direction. */
export interface SchemaCheck {
  readonly pointer: string;
  /**
   * Empty for a value that fits. The place inside the request or response is only for the violations. Throws a
   * `ContractError` when a schema does not compile.
   */
  violations(value: unknown, site: Site): readonly Violation[];
}

/**
 * Hands out the checks of one document. ajv compiles a schema when it is first needed, not before: where there are verdicts,
 * that is when a value does not fit, to tell why.
 */
export class SchemaChecks {
  readonly #document: JsonObject;
  readonly #verdicts: () => Verdicts;
  readonly #known = new Map<string, SchemaCheck>();
  readonly #checked: CheckedSchema[] = [];
  #explainer: Explainer | undefined;

  constructor(document: JsonObject, verdicts: () => Verdicts = () => ({})) {
    this.#document = document;
    this.#verdicts = verdicts;
  }

  /** Every schema that a check was asked for. */
  get checked(): readonly CheckedSchema[] {
    return this.#checked;
  }

  check(pointer: string, direction: Direction): SchemaCheck {
    const schema = { pointer, direction };
    const name = verdictName(schema);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const check = this.#make(schema);
    this.#known.set(name, check);
    this.#checked.push(schema);
    return check;
  }

  /** Compiles every schema that a check was asked for, with all that it leads to. Throws a `ContractError`. */
  compile(): void {
    const { store } = this.#explaining();
    for (const schema of this.#checked) store.add({ ...schema, variant: "closed" });
    store.compile();
  }

  #make(schema: CheckedSchema): SchemaCheck {
    let validate: ValidateFunction | undefined;
    const compiled = (): ValidateFunction => {
      validate ??= this.#explaining().store.validator({ ...schema, variant: "closed" });
      return validate;
    };
    let verdict: Verdict | undefined;
    return {
      pointer: schema.pointer,
      violations: (value, site) => {
        verdict ??= this.#verdicts()[verdictName(schema)] ?? undecided;
        // Once compiled, the check that explains is as fast, and need not be asked second.
        if (validate === undefined && verdict(value)) return none;
        const check = compiled();
        return check(value) ? none : this.#explaining().explain(check.errors ?? [], site);
      },
    };
  }

  #explaining(): Explainer {
    this.#explainer ??= new Explainer(new SchemaStore(this.#document));
    return this.#explainer;
  }
}

const none: readonly Violation[] = [];

/** Where no verdict was prepared, ajv has to say. */
const undecided: Verdict = () => false;
