import { join } from "node:path";
import type { AdminContext } from "../../admin/admin-context.ts";
import { presentCompatibility } from "../../admin/compatibility.ts";
import { recordingOf } from "../../engine/compatibility/recording.ts";
import { Rejudging } from "../../engine/compatibility/rejudge.ts";
import { StartError } from "../start-error.ts";
import { writeReport } from "./reports-folder.ts";
import { JournalReport } from "./reports-journal.ts";
import { RunNames } from "./run-names.ts";

/** What is asked of the admin API at the end, and the file that the answer goes to. */
const answers = [
  { file: "violations.json", target: "/violations?scope=all&limit=1000" },
  { file: "coverage.json", target: "/coverage?scope=all" },
  { file: "coverage.html", target: "/coverage?scope=all&format=html" },
  { file: "coverage.junit.xml", target: "/coverage?scope=all&format=junit" },
] as const;

/** A GET of the admin API; `target` stands below its prefix. */
export type Ask = (target: string) => Promise<Uint8Array>;

/**
 * Reports on all worlds of a server, in a folder. Journals are written and judged as worlds go, since nothing of them can be kept
 * until the end: a suite may make thousands of worlds.
 */
export class Reports {
  readonly #folder: string;
  readonly #journal: JournalReport;
  /** Made when there is something to judge: six contracts take their time. */
  #rejudging: Rejudging | undefined;
  readonly #runs = new RunNames();

  constructor(folder: string) {
    this.#folder = folder;
    this.#journal = new JournalReport(join(folder, "journal.json"));
  }

  /** Takes from a world whose run ends, or is about to, what is not kept beyond that. */
  take(context: AdminContext): void {
    const { host, contractFor } = context;
    this.#rejudging ??= new Rejudging(contractFor);
    if (host.journal.list().length === 0) return;
    this.#journal.add(context);
    const recording = recordingOf(host);
    // Exchanges count from 1 in every run of every world, so among all each needs its run: `checkout@2/12`.
    const run = this.#runs.next(host.id);
    const exchanges = recording.exchanges.map((exchange) => ({ ...exchange, id: `${run}/${exchange.id}` }));
    this.#rejudging.add({ ...recording, exchanges });
  }

  /** To be called once, when every world was taken. Writes what can be written; a `StartError` tells of all the rest. */
  async finish(ask: Ask): Promise<void> {
    const complaints: string[] = [];
    const attempt = async (write: () => Promise<void> | void): Promise<void> => {
      try {
        await write();
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        complaints.push(error.message);
      }
    };
    await attempt(() => this.#journal.end());
    await attempt(() => this.#writeCompatibility());
    for (const { file, target } of answers) {
      await attempt(async () => writeReport(join(this.#folder, file), await ask(target)));
    }
    if (complaints.length > 0) throw new StartError(complaints.join("\n"));
  }

  async #writeCompatibility(): Promise<void> {
    if (this.#rejudging === undefined) return;
    const body = presentCompatibility(this.#rejudging.report());
    await writeReport(join(this.#folder, "compatibility.json"), `${JSON.stringify(body)}\n`);
  }
}
