import type { CheckedResponse, ResponseParts } from "./contract.ts";
import { type Site, violation } from "./finding.ts";
import { isJsonObject, type JsonValue } from "./json.ts";
import { childPointer } from "./json-pointer.ts";
import { fittingMediaType } from "./media-type.ts";
import { documentError, type Located, type OperationSource } from "./operation-source.ts";
import type { ResponseMemory, Shelf } from "./response-memory.ts";
import type { Violation } from "./violation.ts";

/** What a document says about one response. */
interface ResponsePlan {
  /** `none`: no body. `json`: a body that we check. `other`: content of other types, which no JSON body fits. */
  readonly content:
    | { readonly kind: "none" }
    | { readonly kind: "json"; readonly shelf: Shelf; readonly types: readonly string[] }
    | { readonly kind: "other"; readonly types: readonly string[] };
  /** Of the response in the document. */
  readonly pointer: string;
}

/** The responses of one operation by status: `200`, `4XX` or `default`. */
export interface ResponsePlans {
  readonly byStatus: ReadonlyMap<string, ResponsePlan>;
  /** Of the responses in the document. */
  readonly pointer: string;
  /** Whether the same bodies are likely to come again, so that remembering them pays: what reads gives, and no refusal. */
  readonly isRead: boolean;
}

export function planResponses(
  memory: ResponseMemory,
  { method, responses, pointer }: OperationSource,
): ResponsePlans {
  const plans = [...responses].map(([status, response]) => [status, planResponse(memory, response)] as const);
  return { byStatus: new Map(plans), pointer: childPointer(pointer, "responses"), isRead: method === "GET" };
}

function planResponse(memory: ResponseMemory, { value, pointer }: Located): ResponsePlan {
  const { content } = value;
  const place = childPointer(pointer, "content");
  if (content === undefined) return { content: { kind: "none" }, pointer };
  if (!isJsonObject(content)) throw documentError(place, "must be an object");
  const types = Object.keys(content);
  if (types.length === 0) return { content: { kind: "none" }, pointer };
  const json = fittingMediaType("application/json", types);
  if (json === undefined) return { content: { kind: "other", types }, pointer };
  const media = content[json];
  if (!isJsonObject(media) || media["schema"] === undefined) {
    throw documentError(childPointer(place, json), "needs a schema: without one, nothing could be checked");
  }
  const shelf = memory.shelf(childPointer(place, json, "schema"));
  return { content: { kind: "json", shelf, types }, pointer };
}

const bodySite: Site = { direction: "response", place: "body", prefix: "" };

/** Checks a response against what is documented for its status, and serialises its body. */
export function checkResponse(
  plans: ResponsePlans,
  memory: ResponseMemory,
  { status, body, scalar, mediaType }: ResponseParts,
): CheckedResponse {
  const plan = responseFor(plans, status);
  if (plan === undefined) return unchecked(memory, body, undocumentedStatus(plans, status));
  const { content, pointer } = plan;
  if (mediaType !== undefined) return { violations: checkMediaType(plan, mediaType) };
  if (scalar !== undefined) return { violations: checkScalar(plan, scalar) };
  if (content.kind === "json" && body !== undefined) {
    return plans.isRead && status < 400
      ? memory.admit(content.shelf, body)
      : memory.once(content.shelf, body);
  }
  if (content.kind === "json") {
    const expected = "a JSON body, as the response documents one";
    const missing = { rule: "body-required", severity: "error", path: "", expected } as const;
    return { violations: [violation(bodySite, { ...missing, spec: childPointer(pointer, "content") })] };
  }
  if (body === undefined) return { violations: [] };
  const rule = content.kind === "none" ? "body-undocumented" : "content-type";
  const expected =
    content.kind === "none"
      ? `no body, as status ${status} documents none`
      : `the content type ${content.types.join(" or ")}, not JSON`;
  const finding = { rule, severity: "error", path: "", received: body, expected } as const;
  return unchecked(memory, body, violation(bodySite, { ...finding, spec: pointer }));
}

function checkScalar(plan: ResponsePlan, scalar: JsonValue): readonly Violation[] {
  const { content } = plan;
  if (content.kind !== "json") return checkMediaType(plan, "application/json");
  return content.shelf.check.violations(scalar, bodySite);
}

function checkMediaType({ content, pointer }: ResponsePlan, mediaType: string): readonly Violation[] {
  const types = content.kind === "none" ? [] : content.types;
  if (fittingMediaType(mediaType, types) !== undefined) return [];
  const expected =
    types.length === 0 ? "no body, as none is documented" : `the content type ${types.join(" or ")}`;
  const finding = { rule: "content-type", severity: "error", path: "", received: mediaType } as const;
  return [violation(bodySite, { ...finding, expected, spec: pointer })];
}

/** A body that no schema speaks for is still serialised, for a policy that sends it regardless. */
function unchecked(memory: ResponseMemory, body: object | undefined, wrong: Violation): CheckedResponse {
  return body === undefined
    ? { violations: [wrong] }
    : { violations: [wrong], bytes: memory.serialise(body) };
}

function responseFor({ byStatus }: ResponsePlans, status: number): ResponsePlan | undefined {
  const exact = byStatus.get(String(status));
  return exact ?? byStatus.get(`${Math.floor(status / 100)}XX`) ?? byStatus.get("default");
}

function undocumentedStatus({ byStatus, pointer }: ResponsePlans, status: number): Violation {
  const site: Site = { direction: "response", place: "status", prefix: "" };
  const expected = `a documented status: ${[...byStatus.keys()].sort().join(", ")}`;
  const finding = { rule: "undocumented-status", severity: "error", path: "", received: status } as const;
  return violation(site, { ...finding, expected, spec: pointer });
}
