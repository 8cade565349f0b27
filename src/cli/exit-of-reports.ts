import type { RunningServer } from "../runtime/server/start-server.ts";
import { StartError } from "../runtime/start-error.ts";

/** Stops the mock. 2 when reports could not be written, which is told, else 0. */
export async function exitOfReports(server: Pick<RunningServer, "close">): Promise<0 | 2> {
  try {
    await server.close();
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
