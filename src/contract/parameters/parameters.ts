import type { RequestParts } from "../contract.ts";
import { violation } from "../finding.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { childPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import { violationLimit } from "../violations.ts";
import type { ParameterPlan } from "./parameter-plan.ts";
import {
  ownsQueryName,
  type Pair,
  type ParameterReading,
  readQueryParameter,
  readTextParameter,
} from "./parameter-value.ts";

/** The parameters of one operation. */
export interface ParameterPlans {
  readonly plans: readonly ParameterPlan[];
  /** Names that credentials may have in the query, which no operation lists among its parameters. */
  readonly credentials: ReadonlySet<string>;
  /** Pointer of the operation, where an undocumented parameter would have to be documented. */
  readonly pointer: string;
  /** Whether a query with undocumented parameters is refused where the operation documents any. */
  readonly closed: boolean;
}

/** Names of the `apiKey` security schemes of the document that are sent in the query. */
export function queryCredentials(document: JsonObject): ReadonlySet<string> {
  const { components } = document;
  const schemes = isJsonObject(components) ? components["securitySchemes"] : undefined;
  const inQuery = Object.values(isJsonObject(schemes) ? schemes : {}).filter(
    (scheme) => isJsonObject(scheme) && scheme["type"] === "apiKey" && scheme["in"] === "query",
  );
  return new Set(inQuery.map((scheme) => (isJsonObject(scheme) ? String(scheme["name"]) : "")));
}

/** OpenAPI has no word for it. Bodies have `additionalProperties: false`. */
export function hasClosedQueries(document: JsonObject): boolean {
  return document["x-closed-queries"] === true;
}

/** Reads and checks all documented parameters; an undocumented one in the query is a warning, unless queries are closed. */
export function checkParameters(parameters: ParameterPlans, request: RequestParts): readonly Violation[] {
  const { plans } = parameters;
  const violations: Violation[] = [];
  const cookies = plans.some(({ place }) => place === "cookie")
    ? cookiePairs(request.headers["cookie"] ?? "")
    : [];
  for (const plan of plans) violations.push(...checkReading(plan, read(plan, request, cookies)));
  if (request.query.length > 0) violations.push(...undocumented(parameters, request.query));
  return violations;
}

function read(plan: ParameterPlan, request: RequestParts, cookies: readonly Pair[]): ParameterReading {
  switch (plan.place) {
    case "query":
      return readQueryParameter(plan, request.query);
    case "path":
      return readTextParameter(plan, present(own(request.path, plan.name)));
    case "header":
      return readTextParameter(plan, present(own(request.headers, plan.name.toLowerCase())?.trim()));
    case "cookie":
      return readTextParameter(
        plan,
        cookies.filter(([name]) => name === plan.name).map(([, value]) => value),
      );
  }
}

function checkReading(plan: ParameterPlan, reading: ParameterReading): readonly Violation[] {
  const { place, prefix, pointer } = plan;
  const site = { direction: "request", place, prefix } as const;
  const common = { severity: "error", path: "" } as const;
  switch (reading.kind) {
    case "value":
      return plan.check.violations(reading.value, site);
    case "absent": {
      if (!plan.required) return none;
      const expected = `the required ${place} parameter ${JSON.stringify(plan.name)}`;
      return [
        violation(site, { ...common, rule: "required", expected, spec: childPointer(pointer, "required") }),
      ];
    }
    case "syntax": {
      const { received, expected } = reading;
      return [violation(site, { ...common, rule: "parameter-syntax", received, expected, spec: pointer })];
    }
  }
}

function undocumented(
  { plans, credentials, pointer, closed }: ParameterPlans,
  query: readonly Pair[],
): readonly Violation[] {
  const inQuery = plans.filter(({ place }) => place === "query");
  const documented = inQuery.map(({ name }) => JSON.stringify(name)).join(", ");
  const expected = documented === "" ? "no query parameters" : `no query parameters but ${documented}`;
  const unknown = new Map<string, string>();
  for (const [name, value] of query) {
    const known = credentials.has(name) || inQuery.some((plan) => ownsQueryName(plan, name));
    if (!known && !unknown.has(name)) unknown.set(name, value);
  }
  const site = { direction: "request", place: "query", prefix: "" } as const;
  // Who calls an operation without a query may append what keeps caches away, as health checks do.
  const severity = closed && inQuery.length > 0 ? "error" : "warning";
  const rule = { rule: "undocumented-parameter", severity, expected, spec: pointer } as const;
  return [...unknown]
    .slice(0, violationLimit)
    .map(([name, received]) => violation(site, { ...rule, path: childPointer("", name), received }));
}

const none: readonly Violation[] = [];

/** The pairs of a `Cookie` header. A value that is not valid percent-encoding stands for itself. */
function cookiePairs(header: string): readonly Pair[] {
  const pairs = header.split(";").map((part) => part.trim());
  return pairs
    .filter((pair) => pair.includes("="))
    .map((pair) => [
      pair.slice(0, pair.indexOf("=")).trim(),
      decoded(pair.slice(pair.indexOf("=") + 1).trim()),
    ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (cause instanceof URIError) return text;
    throw cause;
  }
}

/** Not through the prototype: a parameter may be called `constructor`. */
function own(record: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
