import { isLoopbackOrigin } from "../engine/cors.ts";
import { bearerToken, type TokenPlaces } from "../operations/credentials.ts";
import { type Reply, refused } from "../operations/reply.ts";
import type { ServerView } from "./admin-context.ts";

type Headers = TokenPlaces["headers"];

/**
 * Why a call to the admin API is turned away; undefined when it may go on. With a token, or reachable from other machines,
 * the token has to come. Without, only this machine may call, and no web page: neither directly nor over a host name that
 * its author lets point here (DNS rebinding).
 */
export function guard(
  { headers }: Pick<TokenPlaces, "headers">,
  { bind, adminToken }: Pick<ServerView, "bind" | "adminToken">,
): Reply | undefined {
  return adminToken === undefined && bind === "loopback"
    ? pageComplaint(headers)
    : tokenComplaint(headers["authorization"], adminToken);
}

function tokenComplaint(authorization: string | undefined, expected: string | undefined): Reply | undefined {
  const sent = bearerToken(authorization);
  if (sent !== undefined && expected !== undefined && isSame(sent, expected)) return undefined;
  const message =
    sent === undefined ? "The admin API needs the admin token." : "This is not the admin token of the mock.";
  const detail =
    'Send it as header "Authorization: Bearer <token>". It is the value of --admin-token, or what the mock printed at its start.';
  return refused(401, { message, detail }, { "WWW-Authenticate": 'Bearer realm="coder-tasks-mock admin"' });
}

/** Takes as long for a wrong token as for the right one, so that time does not tell how much of a guess was right. */
function isSame(sent: string, expected: string): boolean {
  let difference = sent.length ^ expected.length;
  for (let index = 0; index < sent.length; index++) {
    difference |= sent.charCodeAt(index) ^ expected.charCodeAt(index % Math.max(1, expected.length));
  }
  return difference === 0;
}

const loopbackHost = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

function pageComplaint(headers: Headers): Reply | undefined {
  const { host, origin } = headers;
  if (host === undefined || !loopbackHost.test(host)) {
    return forbid(
      "Without an admin token, the admin API is called at a loopback address only.",
      `The request came with ${host === undefined ? "no Host header" : `Host ${JSON.stringify(host)}`}. Call localhost, or start the mock with --admin-token.`,
    );
  }
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    return forbid(
      "The admin API takes no calls from web pages.",
      `The request came from ${JSON.stringify(origin)}. Call it from a program, or start the mock with --admin-token and send the token.`,
    );
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return forbid(
      "The admin API takes no calls from web pages of another origin.",
      `A browser sent Sec-Fetch-Site ${JSON.stringify(site)}. Call it from a program, or start the mock with --admin-token and send the token.`,
    );
  }
  return undefined;
}

function forbid(message: string, detail: string): Reply {
  return refused(403, { message, detail });
}
