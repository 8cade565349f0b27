import { describe, expect, test } from "vitest";
import { answerSchemas } from "../../src/contract/explore/vary-answers.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { childPointer, resolvePointer } from "../../src/contract/json-pointer.ts";
import type { Revision } from "../../src/domain/revision.ts";
import { documents } from "../support/assets.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

/** Pointers, with `*` for every index, of what a schema lets be null. */
function nullable(document: JsonObject, start: JsonValue | undefined, pattern = ""): readonly string[] {
  const schema = target(document, start);
  const alternatives = listOf(schema["anyOf"] ?? schema["oneOf"]);
  const isNullable = [schema, ...alternatives].some((one) => {
    const { type } = target(document, one);
    return type === "null" || listOf(type).includes("null");
  });
  const properties = isJsonObject(schema["properties"]) ? Object.entries(schema["properties"]) : [];
  const inside = [
    ...alternatives.flatMap((one) => nullable(document, one, pattern)),
    ...properties.flatMap(([name, one]) => nullable(document, one, childPointer(pattern, name))),
    ...(schema["items"] === undefined ? [] : nullable(document, schema["items"], `${pattern}/*`)),
  ];
  return [...new Set(isNullable ? [pattern, ...inside] : inside)];
}

function target(document: JsonObject, schema: JsonValue | undefined): JsonObject {
  if (!isJsonObject(schema)) return {};
  const { $ref: reference } = schema;
  return typeof reference === "string"
    ? target(document, resolvePointer(document, reference.slice(1)))
    : schema;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

/** Pointers of what is null in a body, `*` for every index. */
function nulls(value: JsonValue | undefined, pattern = ""): readonly string[] {
  if (value === null) return [pattern];
  if (isJsonArray(value)) return value.flatMap((item) => nulls(item, `${pattern}/*`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => nulls(member, childPointer(pattern, name)));
}

describe.each<Revision>(["2.30", "2.31", "2.34"])("in revision %s, profile wire", (revision) => {
  const document = documents.contract(revision, "wire");

  /** What is null in the answers to the life of a task that lacks nothing. */
  async function life(
    mock: TestMock,
    seed: number,
  ): Promise<readonly (readonly [id: string, nulls: string])[]> {
    await mock.reset();
    await mock.ask("POST", "/__admin/explore", { body: { seed, rate: 0.5, kinds: ["null"] } });
    const seen: (readonly [string, string])[] = [];
    const ask = async (id: string, method: "GET" | "POST", path: string, body?: object) => {
      const answer = await mock.ask(method, path, body === undefined ? {} : { body });
      // Other tasks of a list lack things in truth.
      const { tasks } = answer.body;
      const own = tasks?.filter((task: { readonly name: string }) => task.name === name);
      for (const one of nulls(tasks === undefined ? answer.body : { tasks: own })) seen.push([id, one]);
    };
    const template_version_id = mock.version("web-agent").id;
    const name = "nulls";
    const settle = () => mock.ask("POST", `/__admin/tasks/${name}/settle`);
    await ask("create-a-new-ai-task", "POST", "/tasks/me", { template_version_id, input: "Go", name });
    await settle();
    await ask("list-ai-tasks", "GET", "/tasks");
    await ask("get-ai-task-by-id-or-name", "GET", `/tasks/me/${name}`);
    if (revision === "2.30") return seen;
    await ask("pause-task", "POST", `/tasks/me/${name}/pause`);
    await settle();
    await ask("resume-task", "POST", `/tasks/me/${name}/resume`);
    return seen;
  }

  test("every place of an answer that may be null is so for some seed", async () => {
    const mock = await startTestMock({ profile: "wire", revision });
    const seen = new Map([...answerSchemas(document).keys()].map((id) => [id, new Set<string>()]));
    for (let seed = 1; seed <= 8; seed++) {
      for (const [id, one] of await life(mock, seed)) seen.get(id)?.add(one);
    }
    for (const [id, byStatus] of answerSchemas(document)) {
      const places = [...byStatus.values()].flatMap((schema) => nullable(document, schema));
      // A build that was only just made has no resources, and nothing is added to an answer.
      const wanted = places.filter((place) => !place.includes("/resources/*/"));
      expect([id, [...(seen.get(id) ?? [])].sort()]).toEqual([id, wanted.sort()]);
    }
  });
});
