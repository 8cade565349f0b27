import type { Contract } from "../../contract/contract.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { fittingMediaType, parseMediaType } from "../../contract/media-type.ts";
import { schemaGraph } from "../../contract/schemas/schema-graph.ts";
import { isVast } from "../../contract/schemas/schema-unfolding.ts";
import { isError } from "../../contract/violation.ts";
import { hash128 } from "../../domain/hash.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AtOperation, StandIn } from "../hooks.ts";
import { partsOf } from "../reply-parts.ts";
import { type Choice, chooseAnswer } from "./fallback-choice.ts";
import { circlesIn } from "./fallback-circles.ts";
import type { Generate, Wanted } from "./fallback-generator.ts";
import { type DocumentedResponse, documentedResponses, type ResponseContent } from "./fallback-responses.ts";
import { type SampleSchema, sampleSchema } from "./fallback-schema.ts";
import type { Preference } from "./prefer.ts";

/** How often a value is made anew that does not fit its contract. */
const mostTries = 20;

/** Contracts whose operations nobody models, with what is answered to a request that prefers nothing. */
type Unmodelled = ReadonlyMap<Contract, Preference>;

/** Answers from documents, without any state. All worlds of a server share what is learnt of the documents. */
export class FallbackAnswers {
  readonly #generate: Generate;
  readonly #unmodelled: Unmodelled;
  readonly #documents = new WeakMap<JsonObject, Learnt>();

  constructor(generate: Generate, unmodelled: Unmodelled = new Map()) {
    this.#generate = generate;
    this.#unmodelled = unmodelled;
  }

  /** What is answered without being asked for; undefined under a contract whose operations answer for themselves. */
  unasked(contract: Contract): Preference | undefined {
    return this.#unmodelled.get(contract);
  }

  /**
   * The answer that is asked for, or why there is none. One that fits the contract wherever one can be found; what does not is
   * handed on all the same, for the check of responses to judge.
   */
  async answer(at: AtOperation, preference: Preference, seed: string): Promise<StandIn> {
    const learnt = this.#learntOf(at.contract.document);
    const chosen = chooseAnswer(at, learnt.responses(at.operation), preference);
    if (!chosen.ok) return { kind: "problem", problem: chosen.problem };
    const { choice } = chosen;
    const { content, example } = choice;
    if (content === undefined)
      return { kind: "reply", reply: { outcome: "fallback", status: choice.status } };
    const isDynamic = preference.isDynamic === true && content.schema !== undefined;
    const shown = example ?? (isDynamic ? undefined : fittingExample(at, choice, content));
    // An example may be null.
    const value =
      shown === undefined ? await this.#made(at, { choice, content, learnt, isDynamic, seed }) : shown.value;
    return { kind: "reply", reply: replyOf(choice, content, value) };
  }

  #learntOf(document: JsonObject): Learnt {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    const learnt = new Learnt(document);
    this.#documents.set(document, learnt);
    return learnt;
  }

  /**
   * The plainest value or a random one; of a schema that comes back to itself then one that ends; where that does not fit either,
   * random ones until one does.
   */
  async #made(at: AtOperation, { choice, content, learnt, isDynamic, seed }: Making): Promise<JsonValue> {
    if (content.schema === undefined) return "";
    const samples = learnt.samples(content.schema);
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === mostTries;
      const wanted: Wanted = {
        sample: samples[Math.min(attempt, samples.length) - 1] ?? samples[0],
        isDynamic: isDynamic || attempt > samples.length,
        seed: hash128(`${seed} ${attempt}`)[0],
      };
      try {
        const value = await this.#generate(wanted);
        if (isLast || fits(at, replyOf(choice, content, value))) return value;
      } catch (error) {
        // The plainest value of a large schema may be too much for a generator that makes a random one with ease.
        if (isLast) throw error;
      }
    }
  }
}

interface Making {
  readonly choice: Choice;
  readonly content: ResponseContent;
  readonly learnt: Learnt;
  readonly isDynamic: boolean;
  readonly seed: string;
}

/** What has been read of a document. */
class Learnt {
  readonly #document: JsonObject;
  readonly #responses = new Map<string, readonly DocumentedResponse[]>();
  readonly #samples = new Map<string, Samples>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  responses(operation: AtOperation["operation"]): readonly DocumentedResponse[] {
    const known = this.#responses.get(operation.id);
    if (known !== undefined) return known;
    const responses = documentedResponses(this.#document, operation);
    this.#responses.set(operation.id, responses);
    return responses;
  }

  /** The whole schema; behind it, where it comes back to itself, what of it comes to an end; only that of a vast one. */
  samples(pointer: string): Samples {
    const known = this.#samples.get(pointer);
    if (known !== undefined) return known;
    const graph = schemaGraph(this.#document, pointer);
    const circles = circlesIn(graph);
    const ending = sampleSchema(this.#document, pointer, circles);
    const isWhole = circles.size === 0;
    const samples: Samples =
      isWhole || isVast(graph, pointer) ? [ending] : [sampleSchema(this.#document, pointer), ending];
    this.#samples.set(pointer, samples);
    return samples;
  }
}

type Samples = readonly [SampleSchema, ...SampleSchema[]];

/** People's documents have examples that their own schemas forbid. */
function fittingExample(
  at: AtOperation,
  choice: Choice,
  { examples, ...content }: ResponseContent,
): ResponseContent["examples"][number] | undefined {
  return examples.find(({ value }) => fits(at, replyOf(choice, content, value)));
}

function fits({ contract, operation }: AtOperation, reply: Reply): boolean {
  return !contract.checkResponse(operation, partsOf(reply)).violations.some(isError);
}

function replyOf(
  { status }: Choice,
  { mediaType }: Pick<ResponseContent, "mediaType">,
  value: JsonValue,
): Reply {
  const outcome = "fallback";
  if (fittingMediaType("application/json", [mediaType]) === undefined) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return { outcome, status, text: { mediaType: concrete(mediaType), text } };
  }
  if (isJsonObject(value) || isJsonArray(value)) return { outcome, status, body: value };
  const text = { mediaType: "application/json", text: JSON.stringify(value), scalar: value };
  return { outcome, status, text };
}

/** A type that a response can have in place of a range. */
function concrete(mediaType: string): string {
  const essence = parseMediaType(mediaType)?.essence ?? mediaType;
  if (!essence.includes("*")) return essence;
  return essence.startsWith("text/") ? "text/plain" : "application/octet-stream";
}
