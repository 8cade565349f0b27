import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckedRequest, RawBody } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { scanFirstValue, skipBlanks } from "../../src/contract/json-scan.ts";
import {
  brief,
  bytesOf,
  documentOf,
  jsonContent,
  noContent,
  operationOf,
  request,
} from "./sample-document.ts";

const schema = { type: "object", required: ["a"], properties: { a: { type: "integer" } } };

interface Sending {
  readonly requestBody?: JsonObject;
  readonly contentType?: string | undefined;
}

function send(body: RawBody, { requestBody, contentType }: Sending = {}): CheckedRequest {
  const post = {
    operationId: "sample",
    requestBody: requestBody ?? { required: true, content: jsonContent(schema) },
    responses: noContent,
  };
  const contract = createContract(documentOf({ "/a": { post } }));
  const headers = contentType === undefined ? {} : { "content-type": contentType };
  return contract.checkRequest(operationOf(contract), request({ headers, body }));
}

function sendJson(text: string): CheckedRequest {
  return send(bytesOf(text), { contentType: "application/json" });
}

function raw(...bytes: readonly number[]): RawBody {
  return { kind: "bytes", bytes: Uint8Array.from(bytes) };
}

describe("a body that can be read", () => {
  it("is handed over decoded", () => {
    expect(sendJson('{"a":1}')).toEqual({ violations: [], body: { kind: "json", value: { a: 1 } } });
  });

  it("is checked against the schema, all mistakes at once", () => {
    const { violations, body } = sendJson('{"a":"x","b":1}');
    expect(brief(violations)).toEqual(["type /a", "undocumented-property /b"]);
    expect(body).toEqual({ kind: "json", value: { a: "x", b: 1 } });
  });

  it("counts at most a hundred mistakes, and errors before warnings", () => {
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}`, 1]));
    const { violations } = sendJson(JSON.stringify({ ...unknown, a: "x" }));
    expect(violations).toHaveLength(100);
    expect(violations[0]).toMatchObject({ severity: "error", rule: "type", pointer: "/a" });
  });

  it("may hold null, which is not the same as no body", () => {
    expect(sendJson("null")).toMatchObject({
      violations: [{ rule: "type", pointer: "", expected: "an object" }],
      body: { kind: "json", value: null },
    });
  });
});

describe("a body that cannot be read", () => {
  it.each<[name: string, body: RawBody, rule: string, expected: RegExp, detail: RegExp]>([
    ["invalid UTF-8", raw(0x22, 0xff, 0x22), "body-encoding", /valid UTF-8/, /not valid UTF-8/],
    [
      "a byte order mark",
      raw(0xef, 0xbb, 0xbf, 0x7b, 0x7d),
      "body-encoding",
      /byte order mark/,
      /byte order mark/,
    ],
    ["a cut object", bytesOf('{"a":'), "body-syntax", /a JSON value at line 1, column 6$/, /body ends/],
    ["blanks only", bytesOf(" \n "), "body-syntax", /a JSON value at line 2, column 2$/, /body ends/],
    [
      "a trailing comma",
      bytesOf('{"a":1,}'),
      "body-syntax",
      /property name .* line 1, column 8$/,
      /"}" stands/,
    ],
    ["a missing colon", bytesOf('{"a" 1}'), "body-syntax", /":" at line 1, column 6$/, /"1" stands/],
    [
      "single quotes",
      bytesOf("{'a':1}"),
      "body-syntax",
      /in double quotes or "}" at line 1, column 2$/,
      /"'" stands/,
    ],
    ["a bare word", bytesOf("[\n  yes]"), "body-syntax", /a JSON value at line 2, column 3$/, /"y" stands/],
    ["a bad escape", bytesOf('"\\x"'), "body-syntax", /escape that JSON knows/, /"\\\\" stands/],
    ["an emoji where none belongs", bytesOf("[😀]"), "body-syntax", /column 2$/, /"😀" stands/],
    ["a million brackets", bytesOf("[".repeat(1_000_000)), "body-syntax", /column 1000001$/, /body ends/],
  ])("%s", (_, body, rule, expected, detail) => {
    const checked = send(body, { contentType: "application/json" });
    expect(checked.violations).toMatchObject([{ rule, severity: "error", place: "body", pointer: "" }]);
    expect(checked.violations[0]?.expected).toMatch(expected);
    expect(checked.body).toMatchObject({ kind: "unreadable", detail: expect.stringMatching(detail) });
  });

  it("and one that is too large is named with its limit", () => {
    expect(send({ kind: "too-large", limit: 64 })).toMatchObject({
      violations: [{ rule: "body-size", expected: "a body of at most 64 bytes" }],
      body: { kind: "too-large", limit: 64 },
    });
  });
});

describe("data after a complete value", () => {
  it.each(['{"a":1} x', '{"a":1}{"a":2}', '{"a":1}]', '{"a":1},'])(
    "is a mistake, but the value stands: %s",
    (text) => {
      const { violations, body } = sendJson(text);
      expect(brief(violations)).toEqual(["body-syntax "]);
      expect(violations[0]?.expected).toMatch(/^the end of the body at line 1, column \d+$/);
      expect(body).toEqual({ kind: "json", value: { a: 1 } });
    },
  );

  it("is none when it is blank", () => {
    expect(sendJson(' {"a":1} \r\n\t').violations).toEqual([]);
  });
});

describe("an empty body", () => {
  it("is a mistake where one is required, never an empty object", () => {
    expect(sendJson("")).toMatchObject({
      violations: [{ rule: "body-required", spec: "#/paths/~1a/post/requestBody/required" }],
      body: { kind: "none" },
    });
  });

  it("is fine where it is optional", () => {
    expect(send(bytesOf(""), { requestBody: { content: jsonContent(schema) } })).toEqual({
      violations: [],
      body: { kind: "none" },
    });
  });
});

describe("a body that the operation does not take", () => {
  const contract = createContract(
    documentOf({ "/a": { get: { operationId: "sample", responses: noContent } } }),
  );
  it.each<[name: string, body: RawBody]>([
    ["JSON", bytesOf("{}")],
    ["broken", bytesOf("{")],
    ["too large", { kind: "too-large", limit: 1 }],
  ])("is ignored with a warning: %s", (_, body) => {
    expect(contract.checkRequest(operationOf(contract), request({ body }))).toMatchObject({
      violations: [{ rule: "body-undocumented", severity: "warning" }],
      body: { kind: "none" },
    });
  });

  it("is not even noted when it is empty", () => {
    expect(contract.checkRequest(operationOf(contract), request()).violations).toEqual([]);
  });
});

describe("a content type", () => {
  const body = bytesOf('{"a":1}');
  it.each<[documented: string, sent: string | undefined, accepted: boolean]>([
    ["application/json", "application/json", true],
    ["application/json", "Application/JSON; charset=UTF-8", true],
    ["application/json", 'application/json;charset="utf-8"; profile=x', true],
    ["application/json", "application/json; charset=latin1", false],
    ["application/json", "text/plain", false],
    ["application/json", "application/jsonp", false],
    ["application/json", "json", false],
    ["application/json", "", false],
    ["application/json", undefined, false],
    ["application/*", "application/x-www-form-urlencoded", true],
    ["application/*", "text/plain", false],
    ["application/*", undefined, false],
    ["*/*", "text/plain", true],
    ["*/*", "nonsense", true],
    ["*/*", undefined, true],
    ["*/*", "text/plain; charset=latin1", false],
  ])("documented as %s and sent as %s: %s", (documented, contentType, accepted) => {
    const requestBody = { required: true, content: { [documented]: { schema } } };
    const checked = send(body, { requestBody, contentType });
    expect(brief(checked.violations)).toEqual(accepted ? [] : ["content-type /content-type"]);
    // The provider does not look at the content type, so what can be read is handed over.
    expect(checked.body).toEqual({ kind: "json", value: { a: 1 } });
  });

  it("chooses the schema, the most specific one first", () => {
    const content = {
      "*/*": { schema: { const: 1 } },
      "application/*": { schema: { const: 2 } },
      "application/json": { schema: { const: 3 } },
    };
    for (const [contentType, text] of [
      ["text/plain", "1"],
      ["application/x", "2"],
      ["application/json", "3"],
    ] as const) {
      expect(send(bytesOf(text), { requestBody: { content }, contentType }).violations).toEqual([]);
    }
  });

  it("that is wrong does not hide the mistakes in a JSON body", () => {
    expect(brief(send(bytesOf("{}")).violations)).toEqual(["content-type /content-type", "required /a"]);
  });

  it("that is wrong is enough to say about a body that is no JSON", () => {
    const checked = send(bytesOf("a=1"), { contentType: "application/x-www-form-urlencoded" });
    expect(brief(checked.violations)).toEqual(["content-type /content-type"]);
    expect(checked.body.kind).toBe("unreadable");
  });
});

describe("the scanner for broken JSON", () => {
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", "]", "}", '"', "0", "e", "\\", " ", "\n", "-", ".", "x"),
    )
    .map(([text, at, piece]) => {
      const offset = at % (text.length + 1);
      return `${text.slice(0, offset)}${piece}${text.slice(offset + (at % 2))}`;
    });

  it("agrees with JSON.parse on what JSON is", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const scan = scanFirstValue(text);
        const whole = scan.kind === "complete" && skipBlanks(text, scan.end) === text.length;
        expect(whole).toBe(isJson(text));
        if (scan.kind === "complete") expect(isJson(text.slice(0, scan.end))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
