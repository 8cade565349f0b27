import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KeptExchange } from "../../src/engine/journal/journal.ts";
import { HttpClient } from "../support/http-client.ts";
import { type ServedMock, serveMock } from "../support/served-mock.ts";

function run(line: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env["PATH"], TOKEN: token };
    execFile("sh", ["-c", line], { env }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const json = { "Content-Type": "application/json" };
const awkward = `it's "$HOME" \`id\` \\n 100% !! é 🦊 * ~ [a-c] {x,y} ; & | < > # $(id)`;

const cases: Readonly<Record<string, Sent>> = {
  "a plain list": { method: "GET", path: "/api/v2/tasks?q=owner:me" },
  "awkward JSON": {
    method: "POST",
    path: "/api/v2/tasks/me",
    headers: json,
    body: JSON.stringify({ input: awkward }),
  },
  "JSON over many lines": {
    method: "POST",
    path: "/api/v2/tasks/me",
    headers: json,
    body: `{\n\t"input": "100% \\\\ ${awkward.replaceAll(/["\\]/g, "")}"\r\n}\n`,
  },
  "no content type": {
    method: "POST",
    path: "/api/v2/tasks/me",
    body: new TextEncoder().encode('{"input": "x"}'),
  },
  "text that begins like an option": { method: "POST", path: "/api/v2/tasks/me/x/send", body: "-n\n@file" },
  "text that begins like a file": { method: "POST", path: "/api/v2/tasks/me/x/send", body: "@/etc/passwd" },
  bytes: {
    method: "PATCH",
    path: "/api/v2/tasks/me/x/input",
    body: Uint8Array.from({ length: 256 }, (_, index) => index),
  },
  "a path with brackets and dots": { method: "DELETE", path: "/api/v2/tasks/me/[x]{y}/%2e%2e?a[]=1&b={1,2}" },
  "an awkward header": {
    method: "GET",
    path: "/api/v2/tasks",
    headers: { "X-Note": `it's "$HOME" \`id\`; 5%`, "X-Empty": "" },
  },
  "a header that is UTF-8": {
    method: "GET",
    path: "/api/v2/tasks",
    // The client sends each letter as a byte.
    headers: { "X-Note": Buffer.from("grün 🦊").toString("latin1") },
  },
  "a method of its own": { method: "PUT", path: "/api/v2/tasks" },
  HEAD: { method: "HEAD", path: "/api/v2/tasks" },
  "a token in query and body": {
    method: "POST",
    path: "/api/v2/tasks/me?coder_session_token=TOKEN",
    headers: json,
    body: '{"input": "Use TOKEN", "token": "TOKEN"}',
  },
};

let served: ServedMock;
let client: HttpClient;

beforeAll(async () => {
  served = await serveMock();
  client = new HttpClient(served.url);
}, 30_000);

afterAll(async () => {
  client.close();
  await served[Symbol.asyncDispose]();
});

/** The number of the exchange that came last. */
function newest(): string {
  return served.mock.host.journal.list()[0]?.id ?? "";
}

describe("the line that repeats a request", () => {
  it.each(Object.keys(cases))("sends the same again: %s", async (name) => {
    const token = served.mock.signIns()[0]?.token ?? "";
    const filled = (text: string) => text.replaceAll("TOKEN", token);
    const { method, path, headers, body } = cases[name] ?? { method: "", path: "" };
    const sent = typeof body === "string" ? filled(body) : body;
    await fetch(`${served.url}${filled(path)}`, {
      method,
      headers: { "Coder-Session-Token": token, ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const { text } = await client.call({
      method: "GET",
      path: `/__admin/requests/${newest()}?format=curl`,
      headers: { Host: new URL(served.url).host },
    });
    expect(text).not.toContain(token);
    expect(text.trimEnd()).not.toContain("\n");
    await run(`${text.trimEnd()} --silent --output /dev/null`, token);
    const [again, first] = served.mock.host.journal.list();
    if (again === undefined || first === undefined) throw new Error(`It was not sent again: ${text}`);
    const parts = (one: KeptExchange) => ({
      headers: { ...one.requestHeaders, ...ofTheConnection },
      line: [one.method, one.path, one.search, one.status, one.outcome],
      body: bodyOf(served.mock.host.journal.bodyOf(one, "request")),
    });
    expect(parts(again)).toEqual(parts(first));
  });

  it("leads to the world of the exchange, and names it in no secret", async () => {
    const made = await client.call({ method: "POST", path: "/__admin/worlds", body: { id: "side" } });
    const token = made.body.tokens.olga;
    await client.call({
      method: "GET",
      path: "/api/v2/tasks",
      headers: { Authorization: `Bearer ${token}` },
    });
    const { text } = await client.call({ method: "GET", path: "/w/side/__admin/requests/1?format=curl" });
    expect(text).toContain(" http://localhost/w/side/api/v2/tasks\n");
    expect(text).toContain(`-H 'authorization: Bearer '"$TOKEN"`);
  });

  it("is not to be had when the body is not kept whole", async () => {
    await client.call({ method: "POST", path: "/api/v2/tasks/me", body: { input: "x".repeat(70_000) } });
    const id = newest();
    const answer = await client.call({ method: "GET", path: `/__admin/requests/${id}?format=curl` });
    expect([answer.status, answer.body]).toEqual([
      409,
      {
        message: `Request ${id} cannot be repeated: its body is not kept whole.`,
        detail: "The journal keeps the first 64 KiB of a body.",
      },
    ]);
  });
});

/** Said anew for every connection. */
const ofTheConnection = { connection: "", "transfer-encoding": "", "content-length": "" };

/** JSON in which a secret was replaced is written anew. */
function bodyOf(bytes: Uint8Array | undefined): unknown {
  const text = Buffer.from(bytes ?? []).toString("latin1");
  return text.startsWith('{"input":') ? JSON.parse(text) : text;
}
