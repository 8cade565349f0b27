import type { JsonObject } from "../../src/contract/json.ts";

/** Kinds of things that the document is about: five operations each. */
const kinds = 60;

/** A document of OpenAPI 3.1 with 300 operations and 180 schemas, as large APIs have them. */
export function largeDocument(): JsonObject {
  const names = Array.from({ length: kinds }, (_, index) => `kind-${index}`);
  return {
    openapi: "3.1.0",
    info: { title: "Large", version: "1" },
    servers: [{ url: "https://example.com/api/large" }],
    paths: Object.fromEntries(names.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(names.flatMap(schemasOf)) },
  };
}

function pathsOf(name: string): readonly (readonly [string, JsonObject])[] {
  const one = json({ $ref: `#/components/schemas/${name}` });
  const body = { required: true, content: json({ $ref: `#/components/schemas/new-${name}` }) };
  const missing = { description: "Missing", content: json({ $ref: "#/components/schemas/kind-0-ref" }) };
  const path = `/${name}s`;
  const id = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
  const list = json({ type: "array", items: { $ref: `#/components/schemas/${name}` }, maxItems: 3 });
  return [
    [
      path,
      {
        get: { operationId: `list-${name}`, responses: { "200": { description: "Some", content: list } } },
        post: {
          operationId: `create-${name}`,
          requestBody: body,
          responses: { "201": { description: "Made", content: one } },
        },
      },
    ],
    [
      `${path}/{id}`,
      {
        parameters: [id],
        get: {
          operationId: `get-${name}`,
          responses: { "200": { description: "One", content: one }, "404": missing },
        },
        put: {
          operationId: `replace-${name}`,
          requestBody: body,
          responses: { "200": { description: "One", content: one } },
        },
        delete: { operationId: `delete-${name}`, responses: { "204": { description: "Gone" } } },
      },
    ],
  ];
}

function schemasOf(name: string): readonly (readonly [string, JsonObject])[] {
  const own = {
    name: { type: "string", minLength: 1, maxLength: 40 },
    size: { type: ["integer", "null"], minimum: 0, maximum: 1_000 },
    labels: { type: "array", items: { type: "string" }, maxItems: 4 },
    state: { enum: ["new", "ready", "gone"] },
    parent: { $ref: `#/components/schemas/${name}-ref` },
  };
  const whole = {
    id: { type: "string", format: "uuid" },
    made_at: { type: "string", format: "date-time" },
    ...own,
  };
  return [
    [name, { type: "object", required: ["id", "name", "state"], properties: whole }],
    [`new-${name}`, { type: "object", required: ["name"], properties: own }],
    [
      `${name}-ref`,
      { type: "object", required: ["id"], properties: { id: { type: "string", format: "uuid" } } },
    ],
  ];
}

function json(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}
