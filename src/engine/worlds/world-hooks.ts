import type { Reply } from "../../operations/reply.ts";
import type { Explorer } from "../explore/explorer.ts";
import type { AtOperation, Exchanged, Hooks, StandIn } from "../hooks.ts";
import type { Served } from "../served.ts";

/** The hooks of one world. Each part is there only when somebody asked for it. */
export class WorldHooks implements Hooks {
  faults: Pick<Hooks, "before" | "spoil"> | undefined;
  fallback: Pick<Hooks, "instead"> | undefined;
  explorer: Explorer | undefined;
  ledger: Pick<Hooks, "note"> | undefined;
  readonly open: Hooks["open"];

  constructor(open: Hooks["open"]) {
    this.open = open;
  }

  before(at: AtOperation): Promise<Served | undefined> | undefined {
    return this.faults?.before(at);
  }

  instead(at: AtOperation): (() => Promise<StandIn>) | undefined {
    return this.fallback?.instead(at);
  }

  vary(at: AtOperation, reply: Reply): Reply {
    return this.explorer?.vary(at, reply) ?? reply;
  }

  spoil(at: AtOperation, served: Served): Served {
    return this.faults?.spoil(at, served) ?? served;
  }

  note(at: AtOperation, exchanged: Exchanged): void {
    this.ledger?.note(at, exchanged);
  }
}
