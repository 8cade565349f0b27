import {
  _,
  type Code,
  type CodeKeywordDefinition,
  type ErrorObject,
  type KeywordCxt,
  Name,
  nil,
  type ValidateFunction,
} from "ajv/dist/2020.js";
import { callValidateCode } from "ajv/dist/vocabularies/code.js";
import { copyOfNames } from "./evaluated-names.ts";

/**
 * A `$ref` for checks that are compiled while somebody waits and that find all errors. ajv's own compiles whatever a schema
 * leads to, one inside of the other, before any value is looked at; here, a schema is compiled when a value first gets to it.
 * And ajv's own copies all errors so far for each reference that adds some, so that a list takes time with the square of its
 * wrong items.
 */
export function lateReference(validator: (key: string) => ValidateFunction): CodeKeywordDefinition {
  const targets = new Map<string, Target>();
  const targetOf = (key: string): Target => {
    const target = targets.get(key) ?? new Target(() => validator(key));
    targets.set(key, target);
    return target;
  };
  return {
    keyword: "$ref",
    schemaType: "string",
    code(cxt) {
      const { gen, it } = cxt;
      // What code may name from outside, ajv wants to have one of its own prefixes.
      const target = gen.scopeValue("wrapper", { ref: targetOf(String(cxt.schema)) });
      const validate = _`${target}.validate`;
      cxt.result(
        callValidateCode(cxt, validate, nil),
        () => {
          const props = gen.var("props", copyOfNames(_`${validate}.evaluated.props`));
          const items = gen.var("items", _`${validate}.evaluated.items`);
          cxt.mergeEvaluated({ ...it, props, items }, Name);
        },
        () => addErrors(cxt, _`${validate}.errors`),
      );
    },
  };
}

/** A schema that is referred to. */
class Target {
  readonly #compile: () => ValidateFunction;
  #validate: ValidateFunction | undefined;

  constructor(compile: () => ValidateFunction) {
    this.#compile = compile;
  }

  get validate(): ValidateFunction {
    this.#validate ??= this.#compile();
    return this.#validate;
  }
}

/** What ajv calls, in all code that it makes, the errors so far and their number. */
const vErrors = new Name("vErrors");
const errors = new Name("errors");

function addErrors({ gen }: KeywordCxt, more: Code): void {
  const add = gen.scopeValue("func", { ref: added });
  gen.assign(vErrors, _`${add}(${vErrors}, ${more})`);
  gen.assign(errors, _`${vErrors}.length`);
}

/** One by one: a list of many errors is too long for the arguments of a call. */
function added(known: ErrorObject[] | null, more: ErrorObject[]): ErrorObject[] {
  if (known === null) return more;
  for (const error of more) known.push(error);
  return known;
}
