import type { DecodedBody, RequestParts } from "./contract.ts";
import { type Site, violation } from "./finding.ts";
import type { JsonValue } from "./json.ts";
import { childPointer } from "./json-pointer.ts";
import { describeOffset, scanFirstValue, skipBlanks } from "./json-scan.ts";
import { fittingMediaType, parseMediaType } from "./media-type.ts";
import type { SchemaCheck } from "./schemas/schema-checks.ts";
import type { Violation, ViolationRule } from "./violation.ts";

/** What a document says about an operation's request body. */
export interface BodyPlan {
  readonly required: boolean;
  /** Media types or ranges as the document writes them; all of them JSON. */
  readonly contents: ReadonlyMap<string, SchemaCheck>;
  /** Of the request body in the document. */
  readonly pointer: string;
}

export interface ReadBody {
  readonly body: DecodedBody;
  readonly violations: readonly Violation[];
}

const bodySite: Site = { direction: "request", place: "body", prefix: "" };
const contentTypeSite: Site = { direction: "request", place: "header", prefix: "/content-type" };

/** The body of an operation that takes none. It is not looked at (provider: never read), only noted. */
export function ignoreBody({ body }: RequestParts, pointer: string): ReadBody {
  const empty = body.kind === "bytes" && body.bytes.length === 0;
  const finding = {
    rule: "body-undocumented",
    severity: "warning",
    path: "",
    expected: "no body, as the operation takes none",
    spec: pointer,
  } as const;
  return { body: { kind: "none" }, violations: empty ? [] : [violation(bodySite, finding)] };
}

/** Decodes a body and checks it against the schema of its media type. */
export function readBody(plan: BodyPlan, request: RequestParts): ReadBody {
  const { body } = request;
  if (body.kind === "too-large") {
    const { limit } = body;
    const expected = `a body of at most ${limit} bytes`;
    return { body: { kind: "too-large", limit }, violations: [broken(plan, "body-size", { expected })] };
  }
  if (body.bytes.length === 0) {
    const expected = "a JSON body, as the operation requires one";
    const spec = childPointer(plan.pointer, "required");
    const missing = broken({ ...plan, pointer: spec }, "body-required", { expected });
    return { body: { kind: "none" }, violations: plan.required ? [missing] : [] };
  }
  const media = chooseContent(plan, request.headers["content-type"]);
  const json = decodeJson(body.bytes);
  if (json.problem === undefined) return { body: json.body, violations: checked(media, json.body) };
  // A body that was not even announced as JSON need not be told that it is none.
  if (media.violation !== undefined) return { body: json.body, violations: [media.violation] };
  const { rule, received, expected } = json.problem;
  return { body: json.body, violations: [broken(plan, rule, { received, expected })] };
}

function checked({ check, violation: wrong }: ChosenContent, body: DecodedBody): readonly Violation[] {
  const announced = wrong === undefined ? [] : [wrong];
  if (body.kind !== "json") return announced;
  return [...announced, ...check.violations(body.value, bodySite)];
}

interface ChosenContent {
  /** Of the fitting media type; of the first documented one when none fits. */
  readonly check: SchemaCheck;
  readonly violation?: Violation;
}

function chooseContent(plan: BodyPlan, header: string | undefined): ChosenContent {
  // What nearly every client sends need not be taken apart.
  const exact = header === undefined ? undefined : plan.contents.get(header);
  return exact === undefined ? fittingContent(plan, header) : { check: exact };
}

function fittingContent(plan: BodyPlan, header: string | undefined): ChosenContent {
  const documented = [...plan.contents.keys()];
  const media = header === undefined ? undefined : parseMediaType(header);
  const fitting = media === undefined ? undefined : fittingMediaType(media.essence, documented);
  const name = fitting ?? documented.find((one) => one.startsWith("*/*")) ?? documented[0] ?? "";
  const check = plan.contents.get(name);
  if (check === undefined) throw new RangeError("A body plan needs at least one content");
  const takesAny = name.startsWith("*/*");
  const charset = media?.charset ?? "utf-8";
  if ((fitting !== undefined || takesAny) && (charset === "utf-8" || charset === "utf8")) return { check };
  const expected =
    fitting === undefined && !takesAny ? `the content type ${documented.join(" or ")}` : "the charset utf-8";
  const finding = { rule: "content-type", severity: "error", path: "", received: header, expected } as const;
  return {
    check,
    violation: violation(contentTypeSite, { ...finding, spec: childPointer(plan.pointer, "content") }),
  };
}

interface Problem {
  readonly rule: "body-encoding" | "body-syntax";
  readonly received?: string;
  readonly expected: string;
}

interface DecodedJson {
  readonly body: Extract<DecodedBody, { kind: "json" | "unreadable" }>;
  readonly problem?: Problem;
}

/** Keeps a byte order mark, which we refuse as the provider does, instead of skipping it silently. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeJson(bytes: Uint8Array): DecodedJson {
  const text = decodeText(bytes);
  if (text === undefined) {
    return unreadable({ rule: "body-encoding", expected: "valid UTF-8" }, "The body is not valid UTF-8");
  }
  if (text.startsWith("\uFEFF")) {
    const expected = "UTF-8 without a byte order mark";
    return unreadable({ rule: "body-encoding", expected }, "The body begins with a byte order mark");
  }
  const value = parse(text);
  return value === undefined ? explainSyntax(text) : { body: { kind: "json", value } };
}

/** Data after a complete value is a breach, but the value stands: the provider reads it and ignores the rest. */
function explainSyntax(text: string): DecodedJson {
  const scan = scanFirstValue(text);
  const offset = scan.kind === "complete" ? skipBlanks(text, scan.end) : scan.offset;
  // One character only: a piece of the body could be a piece of a secret.
  const [found] = text.slice(offset, offset + 2);
  const expected = scan.kind === "complete" ? "the end of the body" : scan.expected;
  const place = describeOffset(text, offset);
  const problem: Problem = {
    rule: "body-syntax",
    ...(found === undefined ? {} : { received: found }),
    expected: `${expected} at ${place}`,
  };
  const value = scan.kind === "complete" ? parse(text.slice(0, scan.end)) : undefined;
  if (value !== undefined) return { body: { kind: "json", value }, problem };
  const stands = found === undefined ? "the body ends" : `${JSON.stringify(found)} stands`;
  return unreadable(problem, `At ${place} ${stands} where ${expected} was expected`);
}

function unreadable(problem: Problem, detail: string): DecodedJson {
  return { body: { kind: "unreadable", detail }, problem };
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

function parse(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function broken(
  { pointer }: BodyPlan,
  rule: ViolationRule,
  about: { readonly received?: string | undefined; readonly expected: string },
): Violation {
  return violation(bodySite, { rule, severity: "error", path: "", ...about, spec: pointer });
}
