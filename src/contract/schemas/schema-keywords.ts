/** The values of `type`. */
export const schemaTypes = ["null", "boolean", "integer", "number", "string", "array", "object"] as const;

export type SchemaType = (typeof schemaTypes)[number];

/** What the value of a keyword must look like. */
export type KeywordShape =
  | "any"
  | "boolean"
  | "number"
  | "positive"
  | "size"
  | "string"
  | "pattern"
  | "format"
  | "reference"
  | "types"
  | "names"
  | "name-lists"
  | "values"
  | "schema"
  | "schema-list"
  | "schema-map"
  | "pattern-map";

export interface Keyword {
  readonly shape: KeywordShape;
  /** It explains and asserts nothing. */
  readonly annotation?: true;
  /** Its schemas apply to the very value that the schema itself applies to. */
  readonly inPlace?: true;
  /** It asserts something of one type only, so the type has to be stated or every other value would pass. */
  readonly appliesTo?: "string" | "number" | "array" | "object";
  /** It asserts nothing without one of these beside it. */
  readonly needs?: readonly string[];
}

/**
 * Every keyword that a schema may use; any other stops the start, because a misspelt one would silently allow everything.
 * Left out on purpose: identifiers and dynamic references (documents are addressed by pointer), content keywords (nothing
 * decodes strings), and `nullable` (OpenAPI 3.0).
 */
export const schemaKeywords = {
  $comment: { shape: "string", annotation: true },
  $defs: { shape: "schema-map", annotation: true },
  $schema: { shape: "string", annotation: true },
  default: { shape: "any", annotation: true },
  deprecated: { shape: "boolean", annotation: true },
  description: { shape: "string", annotation: true },
  discriminator: { shape: "any", annotation: true },
  example: { shape: "any", annotation: true },
  examples: { shape: "any", annotation: true },
  externalDocs: { shape: "any", annotation: true },
  readOnly: { shape: "boolean", annotation: true },
  title: { shape: "string", annotation: true },
  writeOnly: { shape: "boolean", annotation: true },
  xml: { shape: "any", annotation: true },

  $ref: { shape: "reference", inPlace: true },
  allOf: { shape: "schema-list", inPlace: true },
  anyOf: { shape: "schema-list", inPlace: true },
  oneOf: { shape: "schema-list", inPlace: true },
  not: { shape: "schema", inPlace: true },
  if: { shape: "schema", inPlace: true, needs: ["then", "else"] },
  // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's, and nobody awaits this table
  then: { shape: "schema", inPlace: true, needs: ["if"] },
  else: { shape: "schema", inPlace: true, needs: ["if"] },
  dependentSchemas: { shape: "schema-map", inPlace: true, appliesTo: "object" },

  type: { shape: "types" },
  enum: { shape: "values" },
  const: { shape: "any" },
  format: { shape: "format" },

  minLength: { shape: "size", appliesTo: "string" },
  maxLength: { shape: "size", appliesTo: "string" },
  pattern: { shape: "pattern", appliesTo: "string" },

  minimum: { shape: "number", appliesTo: "number" },
  maximum: { shape: "number", appliesTo: "number" },
  exclusiveMinimum: { shape: "number", appliesTo: "number" },
  exclusiveMaximum: { shape: "number", appliesTo: "number" },
  multipleOf: { shape: "positive", appliesTo: "number" },

  items: { shape: "schema", appliesTo: "array" },
  prefixItems: { shape: "schema-list", appliesTo: "array" },
  contains: { shape: "schema", appliesTo: "array" },
  minContains: { shape: "size", appliesTo: "array", needs: ["contains"] },
  maxContains: { shape: "size", appliesTo: "array", needs: ["contains"] },
  minItems: { shape: "size", appliesTo: "array" },
  maxItems: { shape: "size", appliesTo: "array" },
  uniqueItems: { shape: "boolean", appliesTo: "array" },
  unevaluatedItems: { shape: "schema", appliesTo: "array" },

  properties: { shape: "schema-map", appliesTo: "object" },
  patternProperties: { shape: "pattern-map", appliesTo: "object" },
  additionalProperties: { shape: "schema", appliesTo: "object" },
  unevaluatedProperties: { shape: "schema", appliesTo: "object" },
  propertyNames: { shape: "schema", appliesTo: "object" },
  required: { shape: "names", appliesTo: "object" },
  dependentRequired: { shape: "name-lists", appliesTo: "object" },
  minProperties: { shape: "size", appliesTo: "object" },
  maxProperties: { shape: "size", appliesTo: "object" },
} as const satisfies Record<string, Keyword>;

export type SchemaKeyword = keyof typeof schemaKeywords;

function isSchemaKeyword(name: string): name is SchemaKeyword {
  return Object.hasOwn(schemaKeywords, name);
}

export function schemaKeyword(name: string): Keyword | undefined {
  return isSchemaKeyword(name) ? schemaKeywords[name] : undefined;
}

/** Whether a member of a schema only explains: known annotations, and extensions. */
export function isAnnotation(name: string): boolean {
  return name.startsWith("x-") || schemaKeyword(name)?.annotation === true;
}
