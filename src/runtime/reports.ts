import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mock } from "./build-mock.ts";

/** What is asked of the admin API at the end, and the file that the answer goes to. */
const files = [{ name: "violations.json", target: "/violations?scope=all&limit=1000" }] as const;

/** Writes the reports on all worlds that there were into a folder. */
export async function writeReports(folder: string, mock: Mock): Promise<void> {
  for (const { name, target } of files) await writeFile(join(folder, name), await mock.ask(target));
}
