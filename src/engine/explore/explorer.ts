import type { Contract } from "../../contract/contract.ts";
import { chooseFreedoms, varied } from "../../contract/explore/vary.ts";
import { type AnswerSchemas, answerSchemas } from "../../contract/explore/vary-answers.ts";
import { findFreedoms } from "../../contract/explore/vary-find.ts";
import {
  describeFreedom,
  type Freedom,
  freedomKey,
  type VaryKind,
  varyKinds,
} from "../../contract/explore/vary-freedom.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { IdSource } from "../../domain/id-source.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AtOperation, Hooks } from "../hooks.ts";
import { leewayOf, standsForNothing } from "./explorer-truth.ts";

export interface ExplorerSettings {
  readonly seed: string;
  /** Which share of the places of an answer is varied, above 0 and up to 1. At least one place always is. */
  readonly rate: number;
  /** Ids of those whose answers are varied. */
  readonly operations: readonly string[];
  readonly kinds: readonly VaryKind[];
}

/** Every kind of freedom. */
export const explorerKinds: readonly VaryKind[] = varyKinds;

/** How far exploring has come with an operation. */
export interface Explored {
  readonly operation: string;
  /** Answers that were varied. */
  readonly answers: number;
  /** Different freedoms that these answers had; a list's items share theirs. */
  readonly freedoms: number;
  /** How many of them were used. */
  readonly tried: number;
}

/** No answer is varied in more places, however long its list is. */
const mostPlaces = 32;

/** Of a longer list, so many items are looked at in each answer: a thousand would hold up everybody else. */
const mostItems = 32;

/** A whole number from 0 to below the limit. */
type Draw = (limit: number) => number;

interface Tally {
  answers: number;
  /** How often each freedom that was seen was used, by its key. */
  readonly uses: Map<string, number>;
}

/**
 * Varies answers within the freedom of their contract, and keeps to what is true. What is varied follows from the seed, the
 * operation and how many of its answers came before, so the same calls give the same bytes.
 */
export class Explorer implements Pick<Hooks, "vary"> {
  readonly settings: ExplorerSettings;
  readonly #source: IdSource;
  readonly #kinds: ReadonlySet<VaryKind>;
  readonly #byKind = new Map<VaryKind, number>();
  readonly #tallies = new Map<string, Tally>();
  readonly #known = new WeakMap<Contract, AnswerSchemas>();

  constructor(settings: ExplorerSettings) {
    this.settings = settings;
    this.#source = new IdSource(settings.seed);
    this.#kinds = new Set(settings.kinds);
  }

  vary({ contract, operation, trace }: AtOperation, reply: Reply): Reply {
    const { body, outcome, status } = reply;
    if (outcome !== "handled" || !(isJsonObject(body) || isJsonArray(body))) return reply;
    if (!this.settings.operations.includes(operation.id)) return reply;
    const schema = this.#schemas(contract).get(operation.id)?.get(status);
    if (schema === undefined) return reply;
    const draw = this.#drawing(operation.id);
    const freedoms = this.#freedoms(contract.document, { schema, body, draw });
    const chosen = this.#choose(operation.id, freedoms, draw);
    if (chosen.length === 0) return reply;
    trace.varied = chosen.map(describeFreedom);
    const headers = { ...reply.headers, "X-Mock-Varied": String(chosen.length) };
    return { ...reply, headers, body: varied(body, chosen) };
  }

  /** How often each kind was used. */
  get byKind(): ReadonlyMap<VaryKind, number> {
    return this.#byKind;
  }

  /** By operation, in the order in which they were first answered. */
  get explored(): readonly Explored[] {
    return [...this.#tallies].map(([operation, { answers, uses }]) => ({
      operation,
      answers,
      freedoms: uses.size,
      tried: [...uses.values()].filter((count) => count > 0).length,
    }));
  }

  #schemas(contract: Contract): AnswerSchemas {
    const known = this.#known.get(contract) ?? answerSchemas(contract.document);
    this.#known.set(contract, known);
    return known;
  }

  /** Draws for the next answer of an operation, whatever else was drawn before. */
  #drawing(operation: string): Draw {
    const answer = this.#tallies.get(operation)?.answers ?? 0;
    let draws = 0;
    return (limit) => {
      draws += 1;
      return this.#source.choice("explore", `${operation} ${answer} ${draws}`, limit);
    };
  }

  #freedoms(
    document: JsonObject,
    { schema, body, draw }: { readonly schema: JsonObject; readonly body: JsonValue; readonly draw: Draw },
  ): readonly Freedom[] {
    const itemsOf = (length: number) => (length <= mostItems ? indices(length) : drawn(length, draw));
    const kinds = this.#kinds;
    return findFreedoms({ document, schema, kinds, itemsOf, leewayOf, stands: standsForNothing }, body);
  }

  #choose(operation: string, freedoms: readonly Freedom[], draw: Draw): readonly Freedom[] {
    if (freedoms.length === 0) return freedoms;
    const tally = this.#tallies.get(operation) ?? { answers: 0, uses: new Map() };
    this.#tallies.set(operation, tally);
    tally.answers += 1;
    const { uses } = tally;
    for (const key of new Set(freedoms.map(freedomKey))) uses.set(key, uses.get(key) ?? 0);
    const places = new Set(freedoms.map(({ place }) => place)).size;
    const chosen = chooseFreedoms(freedoms, {
      count: Math.min(mostPlaces, Math.max(1, Math.round(places * this.settings.rate))),
      isTried: (key) => (uses.get(key) ?? 0) > 0,
      draw,
    });
    for (const freedom of chosen) this.#count(uses, freedom);
    return chosen;
  }

  #count(uses: Map<string, number>, freedom: Freedom): void {
    const key = freedomKey(freedom);
    uses.set(key, (uses.get(key) ?? 0) + 1);
    this.#byKind.set(freedom.kind, (this.#byKind.get(freedom.kind) ?? 0) + 1);
  }
}

function indices(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Different ones, in their order. */
function drawn(length: number, draw: Draw): readonly number[] {
  return [...new Set(indices(mostItems).map(() => draw(length)))].sort((one, other) => one - other);
}

/** The operations of a contract whose answers can be varied. */
export function explorableOperations({ document }: Contract): readonly string[] {
  return [...answerSchemas(document).keys()];
}
