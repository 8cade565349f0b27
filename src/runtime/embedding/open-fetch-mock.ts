import { randomUUID } from "node:crypto";
import { createFetchHandler } from "../../adapters/fetch/fetch-handler.ts";
import { AdminClient } from "../../client/admin-client.ts";
import { MockError } from "../../client/mock-error.ts";
import { refuseNoObject } from "../../client/refuse-no-object.ts";
import { after } from "../after.ts";
import { bodyLimit } from "../body-limit.ts";
import { buildCore, type CoreOptions } from "../build-core.ts";
import { createLogger } from "../logger.ts";
import { openReportsFolder } from "../reports/reports-folder.ts";
import { embeddedConfig, explainToEmbedder } from "./embedded-config.ts";
import { FetchMock } from "./fetch-mock.ts";
import type { FetchMockOptions } from "./fetch-mock-options.ts";

/** `createFetchMock`, with parts that several mocks of a process share. */
export async function openFetchMock(
  given: FetchMockOptions,
  parts: Pick<CoreOptions, "assets"> = {},
): Promise<FetchMock> {
  refuseNoObject(given, "createFetchMock(options)", "start");
  const { url = "http://localhost", ...options } = given;
  const origin = originOf(String(url));
  refuseNetwork(options);
  // Whatever host a request was meant for, it comes here: only a token tells who may steer.
  const config = embeddedConfig({ ...options, adminToken: options.adminToken || randomUUID() });
  const { logLevel: level, logFormat: format, reportDir } = config;
  const logger = createLogger({ level, format, write: (line) => process.stderr.write(`${line}\n`) });
  if (reportDir !== undefined) await openReportsFolder(reportDir).catch(explainToEmbedder);
  const core = await buildCore(config, { logger, ...parts }).catch(explainToEmbedder);
  core.setState("ready");
  const handle = createFetchHandler(core.engine, { bodyLimit, after });
  const client = new AdminClient({ url: origin, adminToken: core.adminToken, fetch: handle });
  const end = async () => {
    core.stop();
    await core.writeReports();
  };
  return new FetchMock(client, { ...core, handle, end });
}

function originOf(url: string): string {
  const { origin, href } = URL.canParse(url) ? new URL(url) : { origin: "", href: "" };
  if (/^https?:/.test(origin) && (href === origin || href === `${origin}/`)) return origin;
  const message = `url is ${JSON.stringify(url)}; expected scheme, host and port, such as "https://coder.example".`;
  throw new MockError(message, { code: "start" });
}

/** Types do not keep everybody from it. */
function refuseNetwork(options: object): void {
  const given = ["port", "host"].filter((name) => Reflect.get(options, name) !== undefined);
  if (given.length === 0) return;
  const message = `A mock without a server takes no ${given.join(" and no ")}. Name the API's address with url, or call startMockServer.`;
  throw new MockError(message, { code: "start" });
}
