import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Site } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import type { Direction, Violation } from "../violation.ts";
import { Explainer } from "../violations.ts";
import type { SchemaUse } from "./directional-schema.ts";
import { SchemaStore } from "./schema-store.ts";

/** One schema of a document, ready to check values travelling in one direction. */
export interface SchemaCheck {
  readonly pointer: string;
  /** Empty for a value that fits. The place inside the request or response is only for the violations. */
  violations(value: unknown, site: Site): readonly Violation[];
  /** Throws a `ContractError` when the schema does not compile. Otherwise that happens at the first check. */
  compile(): void;
}

/** Hands out the checks of one document. ajv is set up when the first schema is compiled, not before. */
export class SchemaChecks {
  readonly #document: JsonObject;
  readonly #known = new Map<string, SchemaCheck>();
  #explainer: Explainer | undefined;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  check(pointer: string, direction: Direction): SchemaCheck {
    const name = `${direction} ${pointer}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const check = this.#make({ pointer, direction, variant: "closed" });
    this.#known.set(name, check);
    return check;
  }

  #make(use: SchemaUse): SchemaCheck {
    let validate: ValidateFunction | undefined;
    const compiled = (): ValidateFunction => {
      validate ??= this.#explaining().store.validator(use);
      return validate;
    };
    return {
      pointer: use.pointer,
      violations: (value, site) => {
        const check = compiled();
        return check(value) ? none : this.#explaining().explain(check.errors ?? [], site);
      },
      compile: () => {
        compiled();
      },
    };
  }

  #explaining(): Explainer {
    this.#explainer ??= new Explainer(new SchemaStore(this.#document));
    return this.#explainer;
  }
}

const none: readonly Violation[] = [];
