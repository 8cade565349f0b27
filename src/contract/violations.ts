import { type Branch, branchName, describeBranch, expectedOf, isOtherType, likeliest } from "./branch.ts";
import { ContractError } from "./contract-error.ts";
import { alternatives, expectation } from "./expected.ts";
import { type Site, violation } from "./finding.ts";
import { isJsonArray, isJsonObject } from "./json.ts";
import { childPointer, resolvePointer } from "./json-pointer.ts";
import { isReportedKeyword, type ReportedKeyword, ruleOf } from "./keyword-rules.ts";
import { declaredProperties } from "./schemas/declared-properties.ts";
import type { SchemaOrigin } from "./schemas/directional-schema.ts";
import { ReachableSchemas } from "./schemas/reachable-schemas.ts";
import type { SchemaError, SchemaStore } from "./schemas/schema-store.ts";
import type { Violation, ViolationRule } from "./violation.ts";

/** How many violations one value can have. The rest would explain nothing more. */
export const violationLimit = 100;

/** ajv goes through a whole value; a list of a million wrong items must not be explained a million times. */
const errorLimit = 1000;

/** Turns what ajv reports into violations of the document. */
export class Explainer {
  readonly store: SchemaStore;
  readonly #reachable: ReachableSchemas;

  constructor(store: SchemaStore) {
    this.store = store;
    this.#reachable = new ReachableSchemas(store);
  }

  /**
   * All violations of a value, errors before warnings, at most `violationLimit`; never empty for a value that the schema
   * refuses, and never without an error when there is one, however many warnings there are.
   */
  explain(errors: readonly SchemaError[], site: Site): readonly Violation[] {
    const considered = limited(errors);
    const noise = this.#noise(considered);
    const telling = considered.filter((error) => !noise.has(error));
    // Were all of them taken for noise, the value would pass.
    const found = (telling.length > 0 ? telling : considered).flatMap((error) =>
      this.#violations(error, site),
    );
    const warnings = found.filter(({ severity }) => severity === "warning");
    const others = found.filter(({ severity }) => severity !== "warning");
    return [...others, ...warnings].slice(0, violationLimit);
  }

  /**
   * Errors that only repeat another one from within: those of the alternatives of a failed composition, and properties that
   * look undocumented only because the alternative that documents them has failed.
   */
  #noise(errors: readonly SchemaError[]): ReadonlySet<SchemaError> {
    const echoes = errors.filter(
      (error) =>
        error.keyword === "if" || (error.keyword === "unevaluatedProperties" && this.#isEcho(error, errors)),
    );
    return new Set([...echoes, ...errors.flatMap((_, index) => this.#partsOf(errors, index))]);
  }

  /** The errors that explain the one at the index; ajv puts them right before it. */
  #partsOf(errors: readonly SchemaError[], index: number): readonly SchemaError[] {
    const whole = errors[index];
    const inner = whole === undefined ? undefined : innerSchemas(whole);
    if (whole === undefined || inner === undefined) return [];
    const before = errors.slice(0, index);
    const unrelated = before.findLastIndex((error) => !this.#isPartOf(error, whole, inner));
    return before.slice(unrelated + 1);
  }

  #isPartOf(part: SchemaError, whole: SchemaError, inner: object): boolean {
    const schema = part.parentSchema;
    return (
      isWithin(part.instancePath, whole.instancePath) &&
      schema !== undefined &&
      this.#reachable.includes(inner, schema)
    );
  }

  #isEcho(error: SchemaError, errors: readonly SchemaError[]): boolean {
    const failed = errors.some(
      (other) => !isUndocumented(other) && isWithin(other.instancePath, error.instancePath),
    );
    if (!failed) return false;
    const declared = declaredProperties(this.store.document, this.#originOf(error).use.pointer);
    return declared.has(String(error.params["unevaluatedProperty"]));
  }

  #violations(error: SchemaError, site: Site): readonly Violation[] {
    const origin = this.#originOf(error);
    if (origin.kind !== "schema") return [this.#refusal(error, origin, site)];
    const { keyword } = error;
    if (keyword === "anyOf" || keyword === "oneOf") return this.#composition(keyword, error, site);
    if (!isReportedKeyword(keyword)) {
      throw new ContractError(`The schema keyword "${keyword}" has no violation rule`, {
        code: "schema-compile",
      });
    }
    return [this.#plain(keyword, error, site)];
  }

  #plain(keyword: ReportedKeyword, error: SchemaError, site: Site): Violation {
    const { use } = this.#originOf(error);
    const schema = error.parentSchema ?? {};
    const name = propertyOf(error);
    const missing = keyword === "required" || keyword === "dependentRequired";
    const document = resolvePointer(this.store.document, use.pointer);
    const stated = isJsonObject(document) && keyword in document;
    const rule = ruleOf(keyword);
    return violation(site, {
      rule,
      // What the document does not forbid in so many words a client may send: the provider ignores it.
      severity:
        rule === "undocumented-property" && !stated && site.direction === "request" ? "warning" : "error",
      path: name === undefined ? error.instancePath : childPointer(error.instancePath, name),
      ...(missing ? {} : { received: name === undefined ? error.data : memberOf(error.data, name) }),
      expected: expectation(keyword, { schema, params: error.params }),
      spec: stated ? childPointer(use.pointer, keyword) : use.pointer,
    });
  }

  /** A property that must not travel in this direction, or a schema `false`. */
  #refusal(error: SchemaError, origin: SchemaOrigin, site: Site): Violation {
    const { pointer, direction } = origin.use;
    const common = { severity: "error", path: error.instancePath, received: error.data } as const;
    if (origin.kind === "never") {
      const expected = "no value, as the contract allows none here";
      return violation(site, { ...common, rule: "composition", expected, spec: pointer });
    }
    const [rule, word, reason] =
      direction === "request"
        ? (["read-only", "readOnly", "no value: the property is read-only, only the server sets it"] as const)
        : ([
            "write-only",
            "writeOnly",
            "no value: the property is write-only, it is never sent back",
          ] as const);
    const document = resolvePointer(this.store.document, pointer);
    const stated = isJsonObject(document) && word in document;
    const spec = stated ? childPointer(pointer, word) : pointer;
    return violation(site, { ...common, rule, expected: reason, spec });
  }

  #composition(keyword: "anyOf" | "oneOf", error: SchemaError, site: Site): readonly Violation[] {
    const { use } = this.#originOf(error);
    const spec = childPointer(use.pointer, keyword);
    const branches = this.#branches(keyword, error, site);
    const report = (rule: ViolationRule, expected: string): readonly Violation[] => [
      violation(site, {
        rule,
        severity: "error",
        path: error.instancePath,
        received: error.data,
        expected,
        spec,
      }),
    ];
    const fitting = branches.filter((branch) => branch.violations.length === 0).map(({ name }) => name);
    if (fitting.length > 0) {
      return report("composition", `exactly one alternative to fit, not ${fitting.join(" and ")} at once`);
    }
    // Undocumented properties are only warnings in a request, so they must not keep an alternative from fitting.
    const tolerable = branches.find((branch) =>
      branch.violations.every(({ severity }) => severity === "warning"),
    );
    if (tolerable !== undefined) return tolerable.violations;
    const whole = `${site.prefix}${error.instancePath}`;
    const plausible = branches.filter((branch) => !isOtherType(branch, whole));
    if (plausible.length === 0) return report("type", alternatives(expectedOf(branches)));
    const closest = likeliest(plausible, whole);
    if (closest.length === 1) return closest[0]?.violations ?? [];
    if (
      closest.every(({ violations: [first, second] }) => first?.pointer === whole && second === undefined)
    ) {
      return report("composition", alternatives(expectedOf(closest)));
    }
    return report("composition", `one of these to fit: ${branches.map(describeBranch).join("; ")}`);
  }

  /** What is wrong with each alternative, found by checking the value against it alone. */
  #branches(keyword: "anyOf" | "oneOf", error: SchemaError, site: Site): readonly Branch[] {
    const { use } = this.#originOf(error);
    const variant = use.variant === "raw" ? "raw" : "open";
    const document = resolvePointer(this.store.document, childPointer(use.pointer, keyword));
    return (isJsonArray(document) ? document : []).map((schema, index) => {
      const pointer = childPointer(use.pointer, keyword, index);
      const validate = this.store.validator({ pointer, direction: use.direction, variant });
      const below = { ...site, prefix: `${site.prefix}${error.instancePath}` };
      const valid = validate(error.data);
      return {
        name: branchName(schema, index),
        violations: valid ? [] : this.explain(validate.errors ?? [], below),
      };
    });
  }

  #originOf(error: SchemaError): SchemaOrigin {
    const origin = error.parentSchema === undefined ? undefined : this.store.originOf(error.parentSchema);
    if (origin !== undefined) return origin;
    throw new ContractError(`The place of a broken "${error.keyword}" is not known`, {
      code: "schema-compile",
    });
  }
}

/** The first errors in their order, those about undocumented properties counted apart so that they hide no others. */
function limited(errors: readonly SchemaError[]): readonly SchemaError[] {
  if (errors.length <= errorLimit) return errors;
  const undocumented = errors.filter(isUndocumented).slice(0, errorLimit);
  const others = errors.filter((error) => !isUndocumented(error)).slice(0, errorLimit);
  const kept = new Set([...undocumented, ...others]);
  return errors.filter((error) => kept.has(error));
}

function isUndocumented({ keyword }: SchemaError): boolean {
  return keyword === "additionalProperties" || keyword === "unevaluatedProperties";
}

/** The property that an error is about although ajv points at the object around it. */
function propertyOf({ params }: SchemaError): string | undefined {
  const name: unknown =
    params["missingProperty"] ?? params["additionalProperty"] ?? params["unevaluatedProperty"];
  return typeof name === "string" ? name : undefined;
}

function memberOf(data: unknown, name: string): unknown {
  return isJsonObject(data) ? data[name] : undefined;
}

/** The schemas whose errors precede an error and are explained by it. */
function innerSchemas({ keyword, parentSchema }: SchemaError): object | undefined {
  if (!["anyOf", "oneOf", "contains", "propertyNames"].includes(keyword)) return undefined;
  const inner: unknown = parentSchema?.[keyword];
  return typeof inner === "object" && inner !== null ? inner : undefined;
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}
