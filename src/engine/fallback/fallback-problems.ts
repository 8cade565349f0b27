import type { ContractOperation } from "../../contract/contract.ts";
import type { Problem } from "../problems.ts";
import { type DocumentedResponse, isFinal } from "./fallback-responses.ts";

/** The contract has no answer with the status, or none at all. */
export function statusMissing(
  { id }: ContractOperation,
  responses: readonly DocumentedResponse[],
  status: number | undefined,
): Problem {
  return notFound(
    status === undefined
      ? `The contract has no answer for ${id}.`
      : `The contract has no answer ${status} for ${id}.`,
    `It has ${listed(responses.map(({ key }) => key))}${ahead(responses)}.`,
  );
}

/** None of the answers that were looked at has an example of the name. */
export function exampleMissing(
  { id }: ContractOperation,
  responses: readonly DocumentedResponse[],
  name: string,
): Problem {
  const keys = responses.map(({ key }) => key).join(", ");
  const present = responses.flatMap(({ key, contents }) =>
    contents.flatMap(({ examples }) => examples.map((example) => `${JSON.stringify(example.name)} (${key})`)),
  );
  return notFound(
    `The contract has no example ${JSON.stringify(name.slice(0, 100))} for ${id}.`,
    `Answer ${keys} has ${listed(present)}.`,
  );
}

function ahead(responses: readonly DocumentedResponse[]): string {
  const isNone = responses.length > 0 && !responses.some(isFinal);
  return isNone ? ", which is none: HTTP sends a status below 200 ahead of an answer" : "";
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

function notFound(message: string, detail: string): Problem {
  return { outcome: "no-match", status: 404, body: { message, detail } };
}
