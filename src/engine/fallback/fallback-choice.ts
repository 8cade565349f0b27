import type { JsonValue } from "../../contract/json.ts";
import { fittingMediaType, parseMediaType } from "../../contract/media-type.ts";
import type { AtOperation } from "../hooks.ts";
import type { Problem } from "../problems.ts";
import { exampleMissing, statusMissing } from "./fallback-problems.ts";
import {
  type DocumentedResponse,
  type ResponseContent,
  responseFor,
  statusOf,
  usualResponse,
} from "./fallback-responses.ts";
import type { Preference } from "./prefer.ts";

/** The documented answer that a request asks for. */
export interface Choice {
  readonly status: number;
  /** Undefined for an answer without a body. */
  readonly content: ResponseContent | undefined;
  /** The very example that was asked for by its name. */
  readonly example?: { readonly value: JsonValue };
}

export type Chosen =
  | { readonly ok: true; readonly choice: Choice }
  | { readonly ok: false; readonly problem: Problem };

/** Finds what a preference means. Without a status, an example is looked for where things go well first. */
export function chooseAnswer(
  { operation, request }: AtOperation,
  responses: readonly DocumentedResponse[],
  { code, example }: Preference,
): Chosen {
  const response = code === undefined ? usualResponse(responses) : responseFor(responses, code);
  if (response === undefined) return { ok: false, problem: statusMissing(operation, responses, code) };
  if (example !== undefined) {
    const others = code === undefined ? responses.filter((one) => one !== response) : [];
    const candidates = [response, ...others];
    const choice = exampleNamed(candidates, { name: example, code });
    return choice === undefined
      ? { ok: false, problem: exampleMissing(operation, candidates, example) }
      : { ok: true, choice };
  }
  const content = acceptable(response.contents, request.headers["accept"]);
  return { ok: true, choice: { status: code ?? statusOf(response), content } };
}

function exampleNamed(
  responses: readonly DocumentedResponse[],
  { name, code }: { readonly name: string; readonly code: number | undefined },
): Choice | undefined {
  for (const response of responses) {
    for (const content of response.contents) {
      const example = content.examples.find((one) => one.name === name);
      if (example !== undefined) return { status: code ?? statusOf(response), content, example };
    }
  }
  return undefined;
}

/** What the client names first and the document has; JSON for a client that does not care or asks for nothing there is. */
function acceptable(
  contents: readonly ResponseContent[],
  accept: string | undefined,
): ResponseContent | undefined {
  const types = contents.map(({ mediaType }) => mediaType);
  const asked = (accept ?? "").split(",").map((one) => parseMediaType(one.trim())?.essence);
  const known = asked.flatMap((one) => (one === undefined ? [] : [fittingMediaType(one, types)]));
  const type = known.find((one) => one !== undefined) ?? fittingMediaType("application/json", types);
  return contents.find(({ mediaType }) => mediaType === type) ?? contents[0];
}
