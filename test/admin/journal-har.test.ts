import { describe, expect, it } from "vitest";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor } from "../support/world-builder.ts";

const contracts = await openContracts();

describe("the journal as HAR 1.2", () => {
  it("holds all of each exchange, oldest first", async () => {
    const mock = startAdminEngine({ contracts, hostTime: () => 1_000 });
    await createTask(mock);
    await mock.api("GET", "/tasks?q=owner%3Ame");
    const { log } = (await mock.admin("GET", "/requests?format=har")).body;
    expect(log).toMatchObject({
      version: "1.2",
      creator: { name: "coder-tasks-mock", version: "0.0.0-test" },
      comment: "World default, revision 2.34, profile wire.",
    });
    const [created, listed] = log.entries;
    expect(created).toMatchObject({
      startedDateTime: "1970-01-01T00:00:01Z",
      time: expect.any(Number),
      cache: {},
      request: {
        method: "POST",
        url: "http://localhost:8080/api/v2/tasks/alice",
        httpVersion: "HTTP/1.1",
        cookies: [],
        queryString: [],
        postData: { mimeType: "application/json" },
        headersSize: -1,
      },
      response: { status: 201, statusText: "", cookies: [], redirectURL: "", headersSize: -1 },
      comment: "Request 1: create-a-new-ai-task, handled, at 2026-01-01T00:00:00Z of the world.",
    });
    expect(created.timings).toEqual({ send: 0, wait: created.time, receive: 0 });
    expect(created.request.bodySize).toBe(created.request.postData.text.length);
    expect(created.request.headers).toContainEqual({ name: "coder-session-token", value: "[redacted]" });
    expect(JSON.parse(created.response.content.text).name).toBe("fix-it");
    expect(created.response.content).toMatchObject({ size: created.response.bodySize });
    expect(listed.request).toMatchObject({
      url: "http://localhost:8080/api/v2/tasks?q=owner%3Ame",
      queryString: [{ name: "q", value: "owner:me" }],
      bodySize: 0,
    });
    expect(listed.request).not.toHaveProperty("postData");
  });

  it("takes the filters and the limit of the list", async () => {
    const mock = startAdminEngine({ contracts });
    for (const path of ["/tasks", "/x", "/y", "/z"]) await mock.api("GET", path);
    const { log } = (await mock.admin("GET", "/requests?format=har&outcome=no-match&limit=2")).body;
    expect(log.entries.map(({ request }: { request: { url: string } }) => request.url)).toEqual([
      "http://localhost:8080/api/v2/y",
      "http://localhost:8080/api/v2/z",
    ]);
  });

  it("holds all that fit unless a limit is given, and says what had to make room", async () => {
    const mock = startAdminEngine({ contracts });
    const { options, journal } = mock.host;
    for (let times = 0; times <= options.journal.exchanges; times++) await mock.api("GET", "/x");
    const [one] = journal.list();
    if (one === undefined) throw new Error("The journal is empty.");
    const many = Array.from({ length: 150 }, () => one);
    journal.list = () => many;
    const har = async (query = "") => (await mock.admin("GET", `/requests?format=har${query}`)).body.log;
    expect((await har()).entries).toHaveLength(150);
    expect((await har("&limit=2")).entries).toHaveLength(2);
    expect((await har()).comment).toMatch(/profile wire\. 1 exchange before these had to make room\.$/);
  });

  it.each<[what: string, headers: Readonly<Record<string, string | undefined>>, url: string]>([
    ["where the request says", { host: "mock.test:81" }, "http://mock.test:81/api/v2/x"],
    ["behind TLS", { host: "[::1]", "x-forwarded-proto": "https" }, "https://[::1]/api/v2/x"],
    ["somewhere, for want of a host", { host: undefined }, "http://localhost/api/v2/x"],
    ["nowhere that a host cannot be", { host: "a b/c?d" }, "http://localhost/api/v2/x"],
  ])("finds the mock %s", async (_, headers, url) => {
    const mock = startAdminEngine({ contracts });
    await mock.ask({ method: "GET", path: "/api/v2/x", headers });
    const { log } = (await mock.admin("GET", "/requests?format=har")).body;
    expect(log.entries[0].request.url).toBe(url);
  });

  it.each<[what: string, body: Uint8Array, post: object]>([
    [
      "cut",
      Buffer.from("x".repeat(70_000)),
      { text: "x".repeat(65_536), comment: "Cut: the first 65536 of 70000 bytes are kept." },
    ],
    ["bytes", Uint8Array.of(255, 0), { text: "/wA=", comment: "The text is base64." }],
  ])("marks a body that is %s", async (_, bytes, post) => {
    const mock = startAdminEngine({ contracts });
    await mock.engine.handle({
      method: "POST",
      path: "/api/v2/tasks/me",
      search: "",
      headers: { "coder-session-token": tokenFor("member") },
      body: { kind: "bytes", bytes },
    });
    const { log } = (await mock.admin("GET", "/requests?format=har")).body;
    expect(log.entries[0].request.postData).toEqual({ mimeType: "", ...post });
  });

  it("marks a body that had to make room, and one that was too large", async () => {
    const mock = startAdminEngine({ contracts });
    const send = (body: { kind: "bytes"; bytes: Uint8Array } | { kind: "too-large"; limit: number }) =>
      mock.engine.handle({
        method: "POST",
        path: "/api/v2/tasks/me",
        search: "",
        headers: { "coder-session-token": tokenFor("member"), "content-type": "application/json" },
        body,
      });
    await send({ kind: "too-large", limit: 1 });
    for (let times = 0; times < 3; times++) await send({ kind: "bytes", bytes: new Uint8Array(65_536) });
    const { log } = (await mock.admin("GET", "/requests?format=har")).body;
    const comments = log.entries.map(
      ({ request }: { request: { postData: { comment?: string } } }) => request.postData.comment,
    );
    expect(comments.slice(0, 2)).toEqual([
      "Too large to be read.",
      "Not kept: it had to make room for later bodies.",
    ]);
  });
});
