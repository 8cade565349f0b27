import { describe, expect, it } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { LedgerBook } from "../../src/engine/coverage/ledger-book.ts";
import type { CoverageReport } from "../../src/engine/coverage/ledger-report.ts";
import type { WorldLedger } from "../../src/engine/coverage/world-ledger.ts";
import type { AtOperation } from "../../src/engine/hooks.ts";
import { Trace } from "../../src/engine/trace.ts";

/** A contract with operations of these ids, each with the statuses 200 and 404. */
function contractOf(title: string, ids: readonly string[]): Contract {
  const responses = { "200": { description: "" }, "404": { description: "" } };
  const paths = ids.map((operationId): readonly [string, JsonObject] => [
    `/${operationId}`,
    { get: { operationId, responses } },
  ]);
  return createContract({
    openapi: "3.1.0",
    info: { title, version: "1" },
    paths: Object.fromEntries(paths),
    components: { schemas: { Response: { type: "object" } } },
  });
}

const own = contractOf("Own", ["list", "make"]);
const added = contractOf("Added", ["ping", "pong"]);

/** A call of an operation that was begun at an instant of the host and answered with a status. */
function call(
  ledger: WorldLedger,
  id: string,
  { contract = own, at = 10, status = 200 }: { contract?: Contract; at?: number; status?: number } = {},
): void {
  const operation = contract.operations.get(id);
  if (operation === undefined) throw new Error(`No operation ${id}.`);
  const on: AtOperation = {
    contract,
    operation,
    path: {},
    query: [],
    request: {
      method: "GET",
      path: `/${id}`,
      search: "",
      headers: {},
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    },
    policy: { requests: "enforce", responses: "enforce" },
    trace: new Trace(() => at),
  };
  ledger.note(on, { reply: { status } });
}

const seen = ({ operations }: CoverageReport) =>
  operations.map(({ id, items }) => [id, ...items.map(({ place, count }) => `${place} ${count}`)]);

describe("the ledgers of a server", () => {
  it("add up what worlds of one contract saw, those that are over as well", () => {
    const book = new LedgerBook();
    const [one, other] = [1, 2].map(() => book.open(own, { name: "own", since: 0 }));
    if (one === undefined || other === undefined) throw new Error("Two were opened.");
    call(one, "list");
    book.close(one);
    book.close(one);
    call(other, "list", { status: 404 });
    expect(seen(book.report(other))).toEqual([
      ["list", "list 2", "200 1", "404 1"],
      ["make", "make 0", "200 0", "404 0"],
    ]);
    expect(seen(other.report)[0]).toEqual(["list", "list 1", "200 0", "404 1"]);
  });

  it("count nothing in a run that was begun before it", () => {
    const ledger = new LedgerBook().open(own, { name: "own", since: 100 });
    call(ledger, "list", { at: 99 });
    call(ledger, "list", { at: 100 });
    expect(seen(ledger.report)[0]?.[1]).toBe("list 1");
  });

  it("know a document that was added by its title, and ask only for what was called of it", () => {
    const book = new LedgerBook();
    const ledger = book.open(own, { name: "own", since: 0 });
    call(ledger, "pong", { contract: added });
    expect(ledger.report.contracts).toEqual(["Added", "own"]);
    expect(seen(ledger.report).map(([id]) => id)).toEqual(["list", "make", "pong"]);
    book.close(ledger);
    const next = book.open(own, { name: "own", since: 0 });
    expect(next.report.contracts).toEqual(["own"]);
    expect(seen(book.report(next))).toEqual([["pong", "pong 1", "200 1", "404 0"]]);
  });

  it("stand for the world that asks as long as nobody called any", () => {
    const book = new LedgerBook();
    const ledger = book.open(own, { name: "own", since: 0 });
    book.open(added, { name: "other", since: 0 });
    expect(book.report(ledger).contracts).toEqual(["own"]);
  });

  it("forget everything at once", () => {
    const book = new LedgerBook();
    const over = book.open(own, { name: "own", since: 0 });
    call(over, "list");
    book.close(over);
    const ledger = book.open(own, { name: "own", since: 0 });
    call(ledger, "make");
    book.clear();
    expect(seen(book.report(ledger)).map(([, calls]) => calls)).toEqual(["list 0", "make 0"]);
  });
});
