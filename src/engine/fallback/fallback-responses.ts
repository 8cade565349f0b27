import type { ContractOperation } from "../../contract/contract.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { childPointer } from "../../contract/json-pointer.ts";
import { locate } from "../../contract/operation-source.ts";
import { isBodiless } from "../bodiless.ts";

/** An example of a document. */
interface Example {
  readonly name: string;
  readonly value: JsonValue;
}

/** One way to write a documented response. */
export interface ResponseContent {
  /** As the document has it, which may be a range such as `text/*`. */
  readonly mediaType: string;
  readonly examples: readonly Example[];
  /** Pointer of its schema; undefined where the document has none. */
  readonly schema: string | undefined;
}

/** A response as the document has it. */
export interface DocumentedResponse {
  /** `200`, a range such as `4XX`, or `default`. */
  readonly key: string;
  readonly contents: readonly ResponseContent[];
}

/** The name that Prism's users know for an example without one. */
const unnamed = "default";

/** What a document has to say about the answers of an operation, in its order. */
export function documentedResponses(
  document: JsonObject,
  { method, path }: Pick<ContractOperation, "method" | "path">,
): readonly DocumentedResponse[] {
  const item = locate(document, childPointer("/paths", path));
  const operation = locate(document, childPointer(item.pointer, method.toLowerCase()));
  const { responses } = operation.value;
  if (!isJsonObject(responses)) return [];
  const keys = Object.keys(responses).filter((key) => !key.startsWith("x-"));
  return keys.map((key) => ({
    key,
    contents: contentsOf(document, childPointer(operation.pointer, "responses", key)),
  }));
}

function contentsOf(document: JsonObject, response: string): readonly ResponseContent[] {
  const { value, pointer } = locate(document, response);
  const { content } = value;
  if (!isJsonObject(content)) return [];
  return Object.entries(content).map(([mediaType, media]) => {
    const place = childPointer(pointer, "content", mediaType);
    if (!isJsonObject(media)) return { mediaType, examples: [], schema: undefined };
    return {
      mediaType,
      examples: examplesOf(document, media, place),
      schema: media["schema"] === undefined ? undefined : childPointer(place, "schema"),
    };
  });
}

function examplesOf(document: JsonObject, media: JsonObject, place: string): readonly Example[] {
  const { example, examples } = media;
  const names = isJsonObject(examples) ? Object.keys(examples) : [];
  const named = names.flatMap((name) => {
    const { value } = locate(document, childPointer(place, "examples", name));
    // One that is kept elsewhere has no value: nothing is ever fetched.
    return value["value"] === undefined ? [] : [{ name, value: value["value"] }];
  });
  return example === undefined ? named : [{ name: unnamed, value: example }, ...named];
}

/**
 * The response for a status as a client would look it up: by itself, by its range, or the default one. What is documented for
 * others in general cannot be meant for one that has no body.
 */
export function responseFor(
  responses: readonly DocumentedResponse[],
  status: number,
): DocumentedResponse | undefined {
  const exact = String(status);
  const keys = isBodiless(status) ? [exact] : [exact, `${Math.floor(status / 100)}XX`, "default"];
  return keys.map((key) => responses.find((one) => one.key === key)).find((one) => one !== undefined);
}

/** The response that stands for an operation that goes well: the lowest 2xx, else the default one, else the first. */
export function usualResponse(responses: readonly DocumentedResponse[]): DocumentedResponse | undefined {
  const final = responses.filter(isFinal);
  const fine = final.filter(({ key }) => key.startsWith("2"));
  const [lowest] = fine.toSorted((one, other) => statusOf(one) - statusOf(other));
  return lowest ?? final.find(({ key }) => key === "default") ?? final[0];
}

/** HTTP sends a status below 200 ahead of an answer: a client would wait for more. */
export function isFinal({ key }: Pick<DocumentedResponse, "key">): boolean {
  return !key.startsWith("1");
}

/** The status that a response is sent with when nobody has named one. */
export function statusOf({ key }: Pick<DocumentedResponse, "key">): number {
  return key === "default" ? 200 : Number(key.replaceAll("X", "0"));
}
