import { MockError } from "./mock-error.ts";

/** The base URL of a mock, without a slash at the end. Throws with code `bad-call` for an address that is none. */
export function serverUrl(address: string): string {
  // The variable of `exec` names the admin API.
  const url = address.replace(/\/+$/, "").replace(/\/__admin$/, "");
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    throw badAddress(
      `${JSON.stringify(address)} is no address of a mock; expected one such as "http://127.0.0.1:8080".`,
    );
  }
  refuseMore(url);
  const world = /^(.*)\/w\/([^/]+)$/.exec(url);
  if (world === null) return url;
  throw badAddress(
    `${JSON.stringify(address)} is the address of one world; connect to ${JSON.stringify(world[1])} and call openWorld(${JSON.stringify(world[2])}).`,
  );
}

/** Paths are joined to the address, and `fetch` takes no credentials in it. They are not shown, either. */
function refuseMore(text: string): void {
  const { username, password, origin, pathname } = new URL(text);
  const bare = JSON.stringify(`${origin}${pathname}`.replace(/\/+$/, ""));
  if (username !== "" || password !== "") {
    throw badAddress(
      `An address of a mock has no name and no password in it; expected ${bare}. Send them with the option fetch.`,
    );
  }
  if (!/[?#]/.test(text)) return;
  throw badAddress(`An address of a mock has no query and no fragment; expected ${bare}.`);
}

function badAddress(message: string): MockError {
  return new MockError(message, { code: "bad-call" });
}
