import type { JsonValue } from "../json.ts";
import { fittingMediaType, parseMediaType } from "../media-type.ts";
import { count, countValue, type Tally } from "./coverage-node.ts";
import { countParameter, type ParameterSources } from "./coverage-parameter.ts";
import type { BodyCoverage, ContentCoverage, OperationCoverage, ResponseCoverage } from "./coverage-plan.ts";

/** An answered request, as far as it was read. */
export interface Covered extends ParameterSources {
  /** Undefined when no JSON body was read. */
  readonly body: JsonValue | undefined;
  readonly status: number;
  /** Of the answer's content; undefined without any. */
  readonly mediaType: string | undefined;
  /** The answer's JSON body. */
  readonly answer: object | undefined;
}

/** Counts what an exchange shows. With a tally that remembers, an answer that did not change is counted once. */
export function countExchange(plan: OperationCoverage, exchange: Covered, tally: Tally): void {
  count(tally, plan.called);
  for (const parameter of plan.parameters) countParameter(parameter, exchange, tally);
  if (plan.body !== undefined) countBody(plan.body, exchange, tally);
  const response = responseFor(plan, exchange.status);
  if (response !== undefined) countResponse(response, exchange, tally);
}

function countBody({ contents, optional }: BodyCoverage, { body, headers }: Covered, tally: Tally): void {
  if (optional !== undefined) count(tally, body === undefined ? optional.absent : optional.present);
  if (body === undefined) return;
  const content = contentFor(contents, headers["content-type"] ?? "");
  if (content === undefined) return;
  count(tally, content.index);
  if (content.value !== undefined) countValue(content.value, body, { counts: tally.counts, seen: undefined });
}

function countResponse(
  { index, contents }: ResponseCoverage,
  { mediaType, answer }: Covered,
  tally: Tally,
): void {
  count(tally, index);
  const content = mediaType === undefined ? undefined : contentFor(contents, mediaType);
  if (content === undefined) return;
  count(tally, content.index);
  if (content.value === undefined || answer === undefined) return;
  if (tally.seen !== undefined) {
    if (tally.seen.has(answer)) return;
    tally.seen.add(answer);
  }
  countValue(content.value, answer, tally);
}

function contentFor(
  contents: ReadonlyMap<string, ContentCoverage>,
  type: string,
): ContentCoverage | undefined {
  const exact = contents.get(type);
  if (exact !== undefined || contents.size === 0) return exact;
  const documented = [...contents.keys()];
  const essence = parseMediaType(type)?.essence;
  // Content without a type, or with what is none, is taken where any is.
  const any = documented.find((one) => one.startsWith("*/*"));
  const fitting = essence === undefined ? any : fittingMediaType(essence, documented);
  return fitting === undefined ? undefined : contents.get(fitting);
}

function responseFor({ responses }: OperationCoverage, status: number): ResponseCoverage | undefined {
  const exact = responses.get(String(status));
  return exact ?? responses.get(`${Math.floor(status / 100)}XX`) ?? responses.get("default");
}
