import type { Reply } from "../operations/reply.ts";
import type { Explorer } from "./explorer.ts";
import type { Served } from "./served.ts";
import type { AtOperation, Exchanged, StandIn, Stations } from "./stations.ts";

/** What stands beside the way of requests to one world. Each part is there only when somebody asked for it. */
export class WorldStations implements Stations {
  faults: Pick<Stations, "before" | "spoil"> | undefined;
  fallback: Pick<Stations, "instead"> | undefined;
  explorer: Explorer | undefined;
  ledger: Pick<Stations, "note"> | undefined;
  readonly open: Stations["open"];

  constructor(open: Stations["open"]) {
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
