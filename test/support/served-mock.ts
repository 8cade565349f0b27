import type { Mock } from "../../src/runtime/build-mock.ts";
import { readConfig } from "../../src/runtime/config.ts";
import { startServer } from "../../src/runtime/server/start-server.ts";
import { assets } from "./assets.ts";
import { counted } from "./contract-coverage.ts";
import type { TestFlags } from "./test-mock.ts";

/** A mock that listens on a port of its own, as `serve` starts it; it is closed when its scope ends. */
export interface ServedMock extends AsyncDisposable {
  readonly url: string;
  readonly mock: Mock;
  /** What it logged, a line each. */
  readonly log: readonly string[];
}

/** Serves with a clock that stands still unless the flags say otherwise, and with every answer checked anew. */
export async function serveMock(flags: TestFlags = {}): Promise<ServedMock> {
  const read = readConfig({ flags: { clock: "manual", port: "0", ...flags }, environment: {} });
  if (!read.ok) throw new Error(read.complaints.join("\n"));
  const log: string[] = [];
  const { url, mock, close } = await startServer(read.config, {
    assets,
    write: (line) => log.push(line),
  });
  return { url, mock: counted(mock), log, [Symbol.asyncDispose]: close };
}
