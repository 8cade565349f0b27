import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";
import { MockError } from "./mock-error.ts";

type Match = AdminSchemas["RequestMatch"];
type Exchange = AdminSchemas["Exchange"];

export interface ExpectedCount {
  /** How many there have to be, exactly. At least one when left out. */
  readonly count?: number | undefined;
}

/** So many of what came, and of what went astray, are told when an expectation fails. */
const mostShown = 5;

/** The exchanges that fit; throws, with what came instead, when they are not as many as expected. */
export async function expectRequests(
  client: WorldClient,
  match: Match,
  { count }: ExpectedCount,
): Promise<readonly Exchange[]> {
  refuseCount(count);
  const found = await client.call("find-requests", { body: { match, limit: 1_000 } });
  if (count === undefined ? found.count > 0 : found.count === count) return found.requests;
  const wanted =
    count === undefined ? "a request" : `exactly ${count} ${count === 1 ? "request" : "requests"}`;
  const message = `World ${JSON.stringify(client.world)} was to get ${wanted} with ${JSON.stringify(match)}, and got ${found.count === 0 ? "none" : found.count}.`;
  const parts =
    count !== undefined && found.count > count
      ? listed("They are", found.requests)
      : await insteadOf(client, match, found.count);
  throw new MockError([message, ...parts].join("\n"), { code: "expectation" });
}

/** No number of requests is equal to such a count, so it would never hold. */
function refuseCount(count: unknown): void {
  if (count === undefined || (Number.isInteger(count) && Number(count) >= 0)) return;
  const message = `count is ${typeof count === "number" ? count : JSON.stringify(count)}; expected a whole number from 0 on.`;
  throw new MockError(message, { code: "bad-call" });
}

async function insteadOf(client: WorldClient, match: Match, found: number): Promise<readonly string[]> {
  const [nearest, all, astray] = await Promise.all([
    nearestTo(client, match, found),
    client.call("find-requests", { body: { limit: mostShown } }),
    client.call("list-unmatched", { query: { limit: mostShown } }),
  ]);
  return [
    ...nearest,
    ...(all.count === 0 ? [] : listed(`The newest of ${all.count} that came`, all.requests)),
    ...listed("Went astray", astray.requests, (exchange) => missesOf(exchange.near_misses)),
  ];
}

/** A wait that looks once says what comes nearest, and what it lacks. */
async function nearestTo(client: WorldClient, match: Match, found: number): Promise<readonly string[]> {
  if (Object.keys(match).length === 0) return [];
  try {
    const body = { match, count: found + 1, timeout: "0s" };
    await client.call("wait-for-requests", { body });
    return ["It came just now: use requests.wait for what may still be on its way."];
  } catch (error) {
    if (!(error instanceof MockError) || error.answer?.detail === undefined) throw error;
    return [error.answer.detail];
  }
}

function listed<One extends Exchange>(
  title: string,
  exchanges: readonly One[],
  remark: (exchange: One) => string = () => "",
): readonly string[] {
  if (exchanges.length === 0) return [];
  const shown = exchanges.slice(0, mostShown);
  const more = exchanges.length - shown.length;
  return [
    `${title}:`,
    ...shown.map(
      (exchange) =>
        `  ${exchange.id}  ${exchange.method} ${exchange.path}  ${exchange.status} (${exchange.outcome})${remark(exchange)}`,
    ),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
}

function missesOf([nearest]: AdminSchemas["Unmatched"]["near_misses"]): string {
  if (nearest === undefined) return "";
  const differences = nearest.differences.map(
    ({ place, expected, received }) =>
      `${place}: expected ${expected}${received === undefined ? "" : `, received ${received}`}`,
  );
  return [`  perhaps ${nearest.method} ${nearest.path}`, ...differences].join("; ");
}
