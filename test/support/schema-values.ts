import fc, { type Arbitrary } from "fast-check";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { localReference, resolvePointer } from "../../src/contract/json-pointer.ts";

const deepest = 12;

/**
 * Values of a schema, now and then with something else at any place: undocumented properties, missing ones, other types. So
 * some fit, and most of the others are wrong at one place only.
 */
export function schemaValues(document: JsonObject, schema: JsonValue | undefined): Arbitrary<unknown> {
  return valuesAt({ document, depth: 0 }, schema);
}

interface Spot {
  readonly document: JsonObject;
  readonly depth: number;
}

function valuesAt({ document, depth }: Spot, schema: JsonValue | undefined): Arbitrary<unknown> {
  if (!isJsonObject(schema) || depth > deepest) return fc.constantFrom(null, {}, [], "x", 1);
  const below = { document, depth: depth + 1 };
  return fc.oneof(
    { weight: 40, arbitrary: fitting(below, schema) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, "", "x", -1, 1.5, true, {}, [], [null]) },
  );
}

function fitting(spot: Spot, schema: JsonObject): Arbitrary<unknown> {
  const { $ref, type } = schema;
  const target = typeof $ref === "string" ? localReference($ref) : undefined;
  if (target !== undefined) return valuesAt(spot, resolvePointer(spot.document, target));
  const values = schema["const"] === undefined ? schema["enum"] : [schema["const"]];
  if (isJsonArray(values)) return fc.constantFrom<unknown>(...values);
  const alternatives = schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"];
  if (isJsonArray(alternatives)) return fc.oneof(...alternatives.map((one) => valuesAt(spot, one)));
  const types = isJsonArray(type) ? type : [type];
  return fc.oneof(...types.map((one) => ofType(spot, one, schema)));
}

function ofType(spot: Spot, type: unknown, schema: JsonObject): Arbitrary<unknown> {
  switch (type) {
    case "string":
      return textOf(schema["format"]);
    case "integer":
      return fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer());
    case "number":
      return fc.double();
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valuesAt(spot, schema["items"]), { maxLength: 2 });
    default:
      return objectsOf(spot, schema);
  }
}

function textOf(format: unknown): Arbitrary<unknown> {
  const plain = fc.constantFrom("", "x", "blue-fox", "0", "10s", "2026-01-31", "é\u{1f980}");
  if (format === "date-time") return fc.oneof(fc.constant("2026-01-31T12:00:00.123456Z"), plain);
  if (format === "uuid") return fc.oneof(fc.uuid(), plain);
  return format === "uri" ? fc.oneof(fc.constant("https://example.com/1"), plain) : plain;
}

function objectsOf(
  spot: Spot,
  { properties, required, additionalProperties }: JsonObject,
): Arbitrary<unknown> {
  const known = Object.entries(isJsonObject(properties) ? properties : {});
  const names = new Set(isJsonArray(required) ? required : []);
  const members = known.map(([name, schema]) => {
    const value = valuesAt(spot, schema).map((one): readonly [string, unknown][] => [[name, one]]);
    return fc.oneof(
      { weight: names.has(name) ? 60 : 2, arbitrary: value },
      { weight: 1, arbitrary: fc.constant([]) },
    );
  });
  const further = fc.oneof(
    { weight: 30, arbitrary: fc.constant([]) },
    {
      weight: isJsonObject(additionalProperties) ? 30 : 1,
      arbitrary: valuesAt(spot, additionalProperties).map((one): readonly [string, unknown][] => [
        ["further", one],
      ]),
    },
  );
  return fc.tuple(...members, further).map((parts) => Object.fromEntries(parts.flat()));
}
