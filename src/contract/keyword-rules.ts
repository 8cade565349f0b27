import type { SchemaKeyword } from "./schemas/schema-keywords.ts";
import type { ViolationRule } from "./violation.ts";

/** Keywords whose failure ajv reports under their own name. `null`: it only ever reports through other keywords. */
const ruleOfKeyword = {
  $comment: null,
  $defs: null,
  $schema: null,
  default: null,
  deprecated: null,
  description: null,
  discriminator: null,
  example: null,
  examples: null,
  externalDocs: null,
  readOnly: null,
  title: null,
  writeOnly: null,
  xml: null,
  $ref: null,
  allOf: null,
  // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's, and nobody awaits this table
  then: null,
  else: null,
  dependentSchemas: null,
  patternProperties: null,
  properties: null,
  minContains: null,
  maxContains: null,
  items: null,
  prefixItems: null,
  anyOf: "composition",
  oneOf: "composition",
  not: "composition",
  if: "composition",
  type: "type",
  enum: "enum",
  const: "const",
  format: "format",
  pattern: "pattern",
  minLength: "length",
  maxLength: "length",
  minimum: "range",
  maximum: "range",
  exclusiveMinimum: "range",
  exclusiveMaximum: "range",
  multipleOf: "range",
  contains: "items",
  minItems: "items",
  maxItems: "items",
  uniqueItems: "items",
  unevaluatedItems: "items",
  additionalProperties: "undocumented-property",
  unevaluatedProperties: "undocumented-property",
  propertyNames: "properties",
  required: "required",
  dependentRequired: "required",
  minProperties: "properties",
  maxProperties: "properties",
} as const satisfies Record<SchemaKeyword, ViolationRule | null>;

type ReportedKeyword = {
  [K in SchemaKeyword]: (typeof ruleOfKeyword)[K] extends null ? never : K;
}[SchemaKeyword];

export type { ReportedKeyword };

export function isReportedKeyword(keyword: string): keyword is ReportedKeyword {
  return Object.hasOwn(ruleOfKeyword, keyword) && Reflect.get(ruleOfKeyword, keyword) !== null;
}

export function ruleOf(keyword: ReportedKeyword): ViolationRule {
  return ruleOfKeyword[keyword];
}
