import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckedResponse, Contract } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { anyCharacter } from "../support/any-character.ts";
import { brief, documentOf, jsonContent, operationOf } from "./sample-document.ts";

const schemas = {
  Task: {
    type: "object",
    required: ["id", "name"],
    properties: {
      id: { type: "integer" },
      name: { type: "string" },
      at: { type: "string", format: "date-time" },
    },
  },
  Tasks: {
    type: "object",
    required: ["count", "tasks"],
    properties: {
      count: { type: "integer" },
      tasks: { type: "array", items: { $ref: "#/components/schemas/Task" } },
      note: { type: "string" },
    },
  },
};

function get(operationId: string, name: string): JsonObject {
  const content = jsonContent({ $ref: `#/components/schemas/${name}` });
  return { get: { operationId, responses: { "200": { description: "", content } } } };
}

const document = documentOf({ "/task": get("task", "Task"), "/tasks": get("tasks", "Tasks") }, { schemas });

function respond(contract: Contract, id: string, body: object): CheckedResponse {
  return contract.checkResponse(operationOf(contract, id), { status: 200, body });
}

const text = ({ bytes }: CheckedResponse) => new TextDecoder().decode(bytes);

describe("a body that passed is remembered", () => {
  it("by identity: the same object gives the same bytes", () => {
    const contract = createContract(document);
    const task = { id: 1, name: "a" };
    expect(respond(contract, "task", task).bytes).toBe(respond(contract, "task", task).bytes);
    expect(respond(contract, "task", { ...task }).bytes).not.toBe(respond(contract, "task", task).bytes);
    const list = { count: 1, tasks: [task] };
    expect(respond(contract, "tasks", list).bytes).toBe(respond(contract, "tasks", list).bytes);
  });

  it("and one that did not pass is not: it fails each time", () => {
    const contract = createContract(document);
    const task = { id: "1", name: "a" };
    const list = { count: 1, tasks: [task] };
    for (let round = 0; round < 3; round += 1) {
      expect(brief(respond(contract, "task", task).violations)).toEqual(["type /id"]);
      expect(brief(respond(contract, "tasks", list).violations)).toEqual(["type /tasks/0/id"]);
    }
  });

  it("for its schema only", () => {
    const contract = createContract(document);
    const task = { id: 1, name: "a" };
    expect(respond(contract, "task", task).violations).toEqual([]);
    expect(brief(respond(contract, "tasks", task).violations)).toContain("required /tasks");
  });

  it("for its contract only", () => {
    const task = { id: 1, name: "a" };
    respond(createContract(document), "task", task);
    const Task = { ...schemas.Task, required: ["at"] };
    const stricter = createContract({ ...document, components: { schemas: { ...schemas, Task } } });
    expect(brief(respond(stricter, "task", task).violations)).toEqual(["required /at"]);
  });

  it("as long as nobody changes it; whoever does gets the old bytes", () => {
    const contract = createContract(document);
    const task = { id: 1, name: "a" };
    respond(contract, "task", task);
    task.name = "b";
    expect(text(respond(contract, "task", task))).toBe('{"id":1,"name":"a"}\n');
    expect(text(respond(contract, "tasks", { count: 1, tasks: [task] }))).toContain('"name":"a"');
  });
});

describe("checking anew", () => {
  it.each([
    ["a valid one", "b"],
    ["an invalid one", 5],
  ])("reveals a body that was changed into %s", (_, name) => {
    const contract = createContract(document, { recheck: true });
    const task: { id: number; name: unknown } = { id: 1, name: "a" };
    const list = { count: 1, tasks: [task] };
    expect(respond(contract, "tasks", list).violations).toEqual([]);
    expect(respond(contract, "tasks", list).violations).toEqual([]);
    task.name = name;
    expect(() => respond(contract, "tasks", list)).toThrow(
      expect.objectContaining({ code: "recheck-mismatch" }),
    );
    expect(() => respond(contract, "task", task)).toThrow(
      expect.objectContaining({ code: "recheck-mismatch" }),
    );
  });

  it("gives the same violations and bytes as the memory does, for any list, in any order", () => {
    const name = fc.string({ unit: anyCharacter });
    const task = fc.record(
      { id: fc.oneof({ weight: 9, arbitrary: fc.integer() }, name), name },
      { requiredKeys: ["id"] },
    );
    const lists = fc.array(task, { maxLength: 5 }).chain((tasks) =>
      fc.array(
        fc.record(
          {
            count: fc.oneof({ weight: 9, arbitrary: fc.integer() }, fc.constant(undefined)),
            tasks: fc.array(fc.constantFrom(...tasks, null), { maxLength: 8 }),
            note: fc.oneof(name, fc.constant(undefined)),
          },
          { requiredKeys: ["tasks"] },
        ),
        { maxLength: 5 },
      ),
    );
    // Bodies are remembered by identity, and each run has its own.
    const remembering = createContract(document);
    const rechecking = createContract(document, { recheck: true });
    fc.assert(
      fc.property(lists, (bodies) => {
        for (const body of [...bodies, ...bodies]) {
          const remembered = respond(remembering, "tasks", body);
          expect(remembered).toEqual(respond(rechecking, "tasks", body));
          expect(JSON.parse(text(remembered))).toEqual(JSON.parse(JSON.stringify(body)));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("what is checked is what is sent", () => {
  const contract = createContract(document);
  const task = { id: 1, name: "a" };

  it.each<[name: string, body: object, sent: string]>([
    ["an undefined property, which JSON leaves out", { ...task, at: undefined }, '{"id":1,"name":"a"}'],
    ["an undocumented undefined property", { ...task, other: undefined }, '{"id":1,"name":"a"}'],
    [
      "a date, which JSON writes as text",
      { ...task, at: new Date(0) },
      '{"id":1,"name":"a","at":"1970-01-01T00:00:00.000Z"}',
    ],
    ["toJSON", { toJSON: () => task }, '{"id":1,"name":"a"}'],
  ])("accepts %s", (_, body, sent) => {
    const checked = respond(contract, "task", body);
    expect(checked.violations).toEqual([]);
    expect(text(checked)).toBe(`${sent}\n`);
    expect(text(respond(contract, "tasks", { count: 1, tasks: [body] }))).toBe(
      `{"count":1,"tasks":[${sent}]}\n`,
    );
  });

  it.each<[name: string, body: object, violations: readonly string[]]>([
    ["NaN, which JSON writes as null", { ...task, id: Number.NaN }, ["type /id"]],
    ["a required property that is undefined", { ...task, id: undefined }, ["required /id"]],
    ["a required property that is only inherited", Object.create(task), ["required /id", "required /name"]],
    ["a map", new Map([["id", 1]]), ["required /id", "required /name"]],
    ["an array", [task], ["type "]],
    ["a boxed number", { ...task, name: Object(5) }, ["type /name"]],
    ["toJSON that hides another shape", { ...task, toJSON: () => ({ id: 1 }) }, ["required /name"]],
  ])("refuses %s", (_, body, violations) => {
    expect(brief(respond(contract, "task", body).violations)).toEqual(violations);
    const inList = brief(respond(contract, "tasks", { count: 1, tasks: [body] }).violations);
    expect(inList).toEqual(violations.map((one) => one.replace(" ", " /tasks/0")));
  });

  it.each<[name: string, tasks: unknown]>([
    ["undefined", [undefined]],
    ["a hole", new Array(1)],
    ["a function", [() => task]],
    ["a text", ["x"]],
    ["no list", { 0: task, length: 1 }],
  ])("refuses a list with %s", (_, tasks) => {
    expect(respond(contract, "tasks", { count: 1, tasks }).violations).toMatchObject([{ rule: "type" }]);
  });

  it.each<[name: string, body: object]>([
    ["a bigint", { id: 1n }],
    ["nothing at all", () => task],
  ])("throws for %s", (_, body) => {
    expect(() => respond(contract, "task", body)).toThrow(expect.objectContaining({ code: "not-json" }));
  });

  it("throws for a circle", () => {
    const circle: { id: number; self?: object } = { id: 1 };
    circle.self = circle;
    expect(() => respond(contract, "task", circle)).toThrow(expect.objectContaining({ code: "not-json" }));
  });

  it("keeps the order of the properties around a list", () => {
    const body = { note: "<n>", tasks: [task, task], count: 2 };
    const one = '{"id":1,"name":"a"}';
    expect(text(respond(contract, "tasks", body))).toBe(
      `{"note":"\\u003cn\\u003e","tasks":[${one},${one}],"count":2}\n`,
    );
    expect(text(respond(contract, "tasks", { count: 0, tasks: [] }))).toBe('{"count":0,"tasks":[]}\n');
  });
});

it("a list that asserts more than its items is checked as a whole", () => {
  const Tasks = {
    type: "object",
    properties: {
      tasks: { type: "array", minItems: 1, uniqueItems: true, items: { $ref: "#/components/schemas/Task" } },
    },
  };
  const contract = createContract({ ...document, components: { schemas: { ...schemas, Tasks } } });
  const task = { id: 1, name: "a" };
  expect(respond(contract, "tasks", { tasks: [task] }).violations).toEqual([]);
  expect(brief(respond(contract, "tasks", { tasks: [] }).violations)).toEqual(["items /tasks"]);
  expect(brief(respond(contract, "tasks", { tasks: [task, task] }).violations)).toEqual(["items /tasks"]);
});
