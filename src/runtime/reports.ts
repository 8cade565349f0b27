import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { presentCompatibility } from "../admin/compatibility.ts";
import { recordingOf } from "../engine/rejudge-recording.ts";
import { Rejudging } from "../engine/rejudge-report.ts";
import type { WorldHost } from "../engine/world-host.ts";
import type { Worlds } from "../engine/worlds.ts";
import type { ContractStore } from "./contract-store.ts";
import { StartError } from "./start-error.ts";

/** What is asked of the admin API at the end, and the file that the answer goes to. */
const answers = [
  { file: "violations.json", target: "/violations?scope=all&limit=1000" },
  { file: "coverage.json", target: "/coverage?scope=all" },
  { file: "coverage.html", target: "/coverage?scope=all&format=html" },
  { file: "coverage.xml", target: "/coverage?scope=all&format=junit" },
] as const;

/** A server at its end. */
export interface Ending {
  readonly worlds: Worlds;
  /** A GET of the admin API. */
  ask(target: string): Promise<Uint8Array>;
}

/** Reports on all worlds of a server, written into a folder at its end. */
export class Reports {
  readonly #folder: string;
  readonly #contracts: ContractStore;
  /** Made when there is something to judge: six contracts take their time. */
  #rejudging: Rejudging | undefined;
  /** How many runs were taken of each world, by its id. */
  readonly #runs = new Map<string, number>();

  constructor(folder: string, contracts: ContractStore) {
    this.#folder = folder;
    this.#contracts = contracts;
  }

  /** Takes from a world whose run ends what nobody else keeps beyond that. */
  take(host: WorldHost): void {
    const recording = recordingOf(host);
    const run = this.#nextRunOf(host);
    const exchanges = recording.exchanges.map((exchange) => ({ ...exchange, id: `${run}/${exchange.id}` }));
    this.#judging().add({ ...recording, exchanges });
  }

  /** Throws a `StartError` when a file cannot be written. */
  async write({ worlds, ask }: Ending): Promise<void> {
    for (const host of worlds.list()) this.take(host);
    await this.#write("compatibility.json", json(presentCompatibility(this.#judging().report())));
    for (const { file, target } of answers) await this.#write(file, await ask(target));
  }

  #judging(): Rejudging {
    this.#rejudging ??= new Rejudging((key) => this.#contracts.surfaceFor(key).contract);
    return this.#rejudging;
  }

  /** Exchanges count from 1 in every run of every world, so among all each needs its run: `checkout@2/12`. */
  #nextRunOf({ id }: WorldHost): string {
    const number = (this.#runs.get(id) ?? 0) + 1;
    this.#runs.set(id, number);
    return number === 1 ? id : `${id}@${number}`;
  }

  /** The folder was fine at the start; a run may have done anything to it since. */
  async #write(file: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.#folder, file);
    await writeFile(path, content).catch((cause: Error) => {
      throw new StartError(`The report ${path} could not be written: ${cause.message}.`, { cause });
    });
  }
}

function json(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
