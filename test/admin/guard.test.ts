import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guard } from "../../src/admin/guard.ts";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();
const open = { bind: "loopback", adminToken: undefined } as const;
const closed = { bind: "loopback", adminToken: "s3cret-token" } as const;
const local = { host: "localhost:8080" };

describe("without a token", () => {
  it.each([
    ["localhost", { host: "localhost" }],
    ["localhost with a port", local],
    ["a name under localhost", { host: "mock.localhost:8080" }],
    ["any 127 address", { host: "127.8.0.1:1" }],
    ["IPv6 loopback", { host: "[::1]:8080" }],
    [
      "a page of this machine, same origin",
      { ...local, origin: "http://localhost:8080", "sec-fetch-site": "same-origin" },
    ],
    ["an address typed into a browser", { ...local, "sec-fetch-site": "none" }],
  ])("lets in %s", (_, headers) => {
    expect(guard({ headers }, open)).toBeUndefined();
  });

  it.each([
    ["no Host header", {}],
    ["a name that was made to point here", { host: "attacker.example:8080" }],
    ["a name that begins like localhost", { host: "localhost.attacker.example" }],
    ["a name that begins like an address", { host: "127.0.0.1.attacker.example" }],
    ["a name that ends like localhost", { host: "notlocalhost" }],
    ["another machine's address", { host: "192.168.0.7:8080" }],
    ["a page from elsewhere", { ...local, origin: "https://attacker.example" }],
    ["a page without an origin of its own", { ...local, origin: "null" }],
    ["a page of another port", { ...local, origin: "http://localhost:3000", "sec-fetch-site": "same-site" }],
    ["a link from elsewhere", { ...local, "sec-fetch-site": "cross-site" }],
  ])("keeps out %s", (_, headers) => {
    const reply = guard({ headers }, open);
    expect(reply).toMatchObject({ status: 403, outcome: "refused" });
    expect(reply?.body).toMatchObject({
      message: expect.any(String),
      detail: expect.stringContaining("--admin-token"),
    });
  });
});

describe("with a token", () => {
  it("lets in whoever shows it, from anywhere", () => {
    const headers = {
      host: "mock.example",
      origin: "https://app.example",
      authorization: "Bearer s3cret-token",
    };
    expect(guard({ headers }, closed)).toBeUndefined();
    expect(guard({ headers }, { ...closed, bind: "wide" })).toBeUndefined();
  });

  it.each([
    ["none", local],
    ["an empty one", { ...local, authorization: "Bearer " }],
    ["another", { ...local, authorization: "Bearer s3cret-tokem" }],
    ["its beginning", { ...local, authorization: "Bearer s3cret" }],
    ["more than it", { ...local, authorization: "Bearer s3cret-tokens" }],
    ["another scheme", { ...local, authorization: "Basic s3cret-token" }],
    ["a token of the API", { ...local, "coder-session-token": "s3cret-token" }],
  ])("keeps out who shows %s", (_, headers) => {
    expect(guard({ headers }, closed)).toMatchObject({
      status: 401,
      headers: { "WWW-Authenticate": expect.stringContaining("Bearer") },
    });
  });

  it("takes no text but the token", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (token, sent) => {
        const [adminToken, other] = [`t${token.trim()}`, `t${sent.trim()}`];
        const reply = guard({ headers: { authorization: `Bearer ${other}` } }, { bind: "wide", adminToken });
        expect(reply === undefined).toBe(other === adminToken);
      }),
    );
  });

  it("keeps out everybody who could reach a wide port for which no token was set", () => {
    expect(
      guard({ headers: { ...local, authorization: "Bearer x" } }, { bind: "wide", adminToken: undefined })
        ?.status,
    ).toBe(401);
  });
});

describe("every operation but the health check", () => {
  const routes = [...contracts.admin.operations.values()].map(
    ({ id, method, path }) => [id, method, path] as const,
  );

  it.each(routes)("%s is guarded", async (id, method, path) => {
    const from = (headers: Record<string, string>, server: object) => {
      const mock = startAdminEngine({ contracts, server });
      return mock.ask({ method, path: `/__admin${path.replaceAll(/[{}]/g, "")}`, headers });
    };
    const [page, stranger] = [await from({ origin: "https://attacker.example" }, {}), await from({}, closed)];
    expect([page.status, stranger.status]).toEqual(id === "get-health" ? [200, 200] : [403, 401]);
    expect(page.headers).not.toHaveProperty("Access-Control-Allow-Origin");
  });
});
