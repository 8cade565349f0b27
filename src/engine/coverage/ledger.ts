import { countExchange } from "../../contract/coverage/coverage-count.ts";
import type { CoveragePlan, OperationCoverage } from "../../contract/coverage/coverage-plan.ts";
import type { AtOperation, Exchanged } from "../hooks.ts";

/** What was seen of one operation. */
interface Page {
  readonly plan: OperationCoverage;
  /** By index of the plan's items. */
  readonly counts: Uint32Array;
  /** Answers that were read before. They are objects that stay the same for as long as what they show does. */
  readonly seen: WeakSet<object>;
}

/** What a ledger counts. */
export interface Subject {
  /** `2.34 documented`, or the title of a document that was added. */
  readonly name: string;
  readonly plan: CoveragePlan;
  /** Whether it is a contract of the API, whose every operation is asked for; of one that was added, only those called. */
  readonly isWhole: boolean;
}

/**
 * What the exchanges of a world have shown of a contract. It stands on the way of every request, so it only counts, by index,
 * and reads an answer that it has read before no second time.
 */
export class Ledger {
  readonly subject: Subject;
  readonly #pages = new Map<string, Page>();

  constructor(subject: Subject) {
    this.subject = subject;
  }

  get isEmpty(): boolean {
    return this.#pages.size === 0;
  }

  note(at: AtOperation, { body, reply }: Exchanged): void {
    const { plan, counts, seen } = this.#page(at.operation.id);
    const isRead = plan.method === "GET" && reply.status < 400;
    const exchange = {
      path: at.path,
      query: at.query,
      headers: at.request.headers,
      body: body?.kind === "json" ? body.value : undefined,
      status: reply.status,
      mediaType: mediaTypeOf(reply),
      answer: reply.body,
    };
    countExchange(plan, exchange, { counts, seen: isRead ? seen : undefined });
  }

  /** By index of the operation's items; undefined when it was never called. */
  countsOf(operation: string): Uint32Array | undefined {
    return this.#pages.get(operation)?.counts;
  }

  /** Takes over what another ledger of the same contract has counted. */
  add(other: Ledger): void {
    for (const [operation, { counts }] of other.#pages) {
      const own = this.#page(operation).counts;
      for (const [index, counted] of counts.entries()) own[index] = (own[index] ?? 0) + counted;
    }
  }

  clear(): void {
    this.#pages.clear();
  }

  #page(operation: string): Page {
    const known = this.#pages.get(operation);
    if (known !== undefined) return known;
    const plan = this.subject.plan.operation(operation);
    const page = { plan, counts: new Uint32Array(plan.items.length), seen: new WeakSet<object>() };
    this.#pages.set(operation, page);
    return page;
  }
}

function mediaTypeOf({ body, text, stream }: Exchanged["reply"]): string | undefined {
  if (body !== undefined) return "application/json";
  return stream === undefined ? text?.mediaType : "text/event-stream";
}
