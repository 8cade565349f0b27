import { MockError } from "../../client/mock-error.ts";
import { packageFolder } from "../../client/package-folder.ts";
import { refuseNoObject } from "../../client/refuse-no-object.ts";
import { type Config, readConfig } from "../config.ts";
import { StartError } from "../start-error.ts";
import type { MockServerOptions } from "./mock-server-options.ts";
import { flagsFrom, inWordsOfOptions } from "./option-flags.ts";

/** The configuration that options stand for. Throws a `MockError` with all that is wrong. */
export function embeddedConfig(options: MockServerOptions): Config {
  refuseNoObject(options, "startMockServer(options)", "start");
  const { flags, complaints } = flagsFrom(options);
  const read = readConfig({ flags, environment: {} });
  if (read.ok && complaints.length === 0) return read.config;
  const all = [...complaints, ...(read.ok ? [] : read.complaints)];
  throw new MockError(inWordsOfOptions(all.join("\n")), { code: "start" });
}

/** Throws what its user can mend as a `MockError`, in the words of options. */
export function explainToEmbedder(error: unknown): never {
  if (!(error instanceof StartError)) throw error;
  throw new MockError(inWordsOfOptions(error.message), { code: "start", cause: error });
}

/** What gates have to say, in the words of options, with the way to the pages from where a project has installed the package. */
export function gateError(complaints: readonly string[]): MockError {
  const text = inWordsOfOptions(complaints.join("\n"));
  return new MockError(text.replaceAll("docs/rules", `${packageFolder}/docs/rules`), { code: "gate" });
}
