import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor, users } from "../support/world-builder.ts";

const contracts = await openContracts();
const literal = "plain-secret-of-alice";
const adminToken = "the-admin-token-of-this-mock";

/** A mock with a token of every kind. */
async function start(): Promise<{ readonly mock: AdminEngine; readonly tokens: readonly string[] }> {
  const server = { adminToken, bind: "loopback" } as const;
  const mock = startAdminEngine({ contracts, server });
  await createTask(mock);
  const { world } = mock.host;
  world.directory.saveToken({ text: literal, userId: users.member.id });
  await admin(mock, "/clock/advance", { by: "10s" });
  const agent = JSON.parse(await admin(mock, "/tasks/fix-it")).agent.token;
  return { mock, tokens: [tokenFor("member"), tokenFor("siteOwner"), literal, agent, adminToken] };
}

async function admin({ engine }: AdminEngine, path: string, body?: object): Promise<string> {
  const [plain = "", search = ""] = path.split("?");
  const { body: answer, stream } = await engine.handle({
    method: body === undefined ? "GET" : "POST",
    path: `/__admin${plain}`,
    search,
    headers: {
      host: "localhost",
      authorization: `Bearer ${adminToken}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: { kind: "bytes", bytes: new TextEncoder().encode(body === undefined ? "" : JSON.stringify(body)) },
  });
  if (stream === undefined) return new TextDecoder().decode(answer);
  let text = "";
  stream({
    write: (part) => {
      text += part;
    },
    end: () => undefined,
  })();
  return text;
}

interface Strayed {
  readonly path?: string;
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const encoded = (token: string) =>
  [...token].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
const jsonEscaped = (token: string) =>
  [...token].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

/** Places to which a client may let a token stray. */
const places: Readonly<Record<string, (token: string) => Strayed>> = {
  "its header": (token) => ({ headers: { "coder-session-token": token } }),
  "a bearer token": (token) => ({ headers: { authorization: `Bearer ${token}` } }),
  "another scheme": (token) => ({ headers: { authorization: `Token ${token}` } }),
  "no scheme": (token) => ({ headers: { authorization: token } }),
  "its cookie": (token) => ({ headers: { cookie: `a=b; coder_session_token="${token}"; c` } }),
  "a bare cookie": (token) => ({ headers: { cookie: token } }),
  "another header": (token) => ({ headers: { "x-trace": `from ${token}.` } }),
  "a header's name": (token) => ({ headers: { [token]: "1" } }),
  "the content type": (token) => ({ headers: { "content-type": `text/${token}` }, body: "x" }),
  "its query": (token) => ({ search: `coder_session_token=${token}` }),
  "another query": (token) => ({
    search: `q=owner:${token}&x=${encoded(token)}&${token}&${encoded(token)}=1`,
  }),
  "the path": (token) => ({ path: `/api/v2/tasks/me/${token}` }),
  "the path, encoded": (token) => ({ path: `/api/v2/tasks/me/${encoded(token)}` }),
  "an unknown path": (token) => ({ path: `/api/v2/taks/${token}/${encoded(token)}` }),
  "broken encoding": (token) => ({ path: `/api/v2/tasks/me/%zz${token}` }),
  "a wrong type": (token) => ({ body: JSON.stringify({ input: [token], template_version_id: token }) }),
  "an input": (token) => ({ body: JSON.stringify({ input: `Use ${token} to sign in` }) }),
  "a name": (token) => ({ body: JSON.stringify({ [token]: 1, input: "x" }) }),
  "escaped JSON": (token) => ({ body: `{"input": "${jsonEscaped(token)}"}` }),
  "broken JSON": (token) => ({ body: `{"input": "${token}` }),
  "cut JSON": (token) => ({ body: `{"token": "${token}", "input": "${"x".repeat(70_000)}"}` }),
  text: (token) => ({ body: `token=${token}`, headers: { "content-type": "text/plain" } }),
  bytes: (token) => ({
    body: Buffer.concat([Uint8Array.of(255, 0), Buffer.from(token), Uint8Array.of(254)]),
  }),
};

async function stray({ engine }: AdminEngine, { path, search, headers, body = "" }: Strayed): Promise<void> {
  await engine.handle({
    method: body.length === 0 ? "GET" : "POST",
    path: path ?? "/api/v2/tasks/me",
    search: search ?? "",
    headers: { "content-type": "application/json", ...headers },
    body: { kind: "bytes", bytes: typeof body === "string" ? new TextEncoder().encode(body) : body },
  });
}

/** All that is shown of the exchanges of a world, in every form. */
async function everything(mock: AdminEngine): Promise<string> {
  const ids = mock.host.journal.list().map(({ id }) => id);
  const shown = await Promise.all([
    admin(mock, "/requests"),
    admin(mock, "/requests?format=har"),
    admin(mock, "/requests/unmatched"),
    admin(mock, "/requests/find", { match: { path_pattern: "/**" } }),
    admin(mock, "/requests/wait", { match: { path_pattern: "/**" } }),
    admin(mock, "/requests/wait", { match: { method: "PUT", path_pattern: "/**" }, timeout: "0s" }),
    admin(mock, "/events?last_event_id=0"),
    ...ids.flatMap((id) => [admin(mock, `/requests/${id}`), admin(mock, `/requests/${id}?format=curl`)]),
  ]);
  return shown.join("\n");
}

/** As somebody would read it who looks behind percent-encoding, escapes and base64. */
function readings(text: string): readonly string[] {
  const base64 = [...text.matchAll(/"(?:base64|text)": ?"([\w+/=]+)"/g)].map(([, code = ""]) =>
    Buffer.from(code, "base64").toString("latin1"),
  );
  const plain = text.replace(/(?:%[0-9a-f]{2})+/gi, (code) =>
    Buffer.from(code.replaceAll("%", ""), "hex").toString(),
  );
  return [
    text,
    plain,
    text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
    ...base64,
  ];
}

describe("no token of a world leaves through what is shown of its exchanges", () => {
  it.each(Object.keys(places))("not one that strayed into %s", async (place) => {
    const { mock, tokens } = await start();
    for (const token of tokens) {
      await stray(mock, places[place]?.(token) ?? {});
      for (const reading of readings(await everything(mock))) {
        for (const secret of tokens) expect(reading).not.toContain(secret);
      }
    }
  });

  it("wherever they stray to, together and in any text", async () => {
    const place = fc.constantFrom(...Object.values(places));
    const text = fc.stringMatching(/^[a-z0-9 "\\-]{0,8}$/);
    const step = fc.record({ place, which: fc.nat({ max: 4 }), before: text, after: text });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const { mock, tokens } = await start();
        for (const { place: put, which, before, after } of steps) {
          await stray(mock, put(tokens[which] ?? ""));
          const body = JSON.stringify({ input: `${before}${tokens[which]}${after}` });
          await stray(mock, { body, headers: { "coder-session-token": tokenFor("member") } });
        }
        const shown = await everything(mock);
        for (const secret of tokens) expect(shown).not.toContain(secret);
      }),
      { numRuns: 20 },
    );
  });

  it("not the first part of one where a body is cut", async () => {
    const { mock } = await start();
    const token = tokenFor("siteOwner");
    for (let length = 11; length <= token.length; length++) {
      const body = `"${" ".repeat(65_535 - length)}${token} and more"`;
      await stray(mock, { body, headers: { "content-type": "text/plain" } });
      const shown = await everything(mock);
      expect(shown).not.toContain(token.slice(0, 11));
    }
  });

  it("nor where a received value is cut", async () => {
    const { mock } = await start();
    const token = tokenFor("siteOwner");
    for (let length = 11; length <= token.length; length++) {
      const input = ["a".repeat(197 - length - 1), token].join(" ");
      await stray(mock, {
        body: JSON.stringify({ input: [input] }),
        headers: { "coder-session-token": token },
      });
      expect(await admin(mock, "/requests")).not.toContain(token.slice(0, 11));
    }
  });

  it("nor one that nobody knows, wherever else its request has it", async () => {
    const { mock } = await start();
    const unknown = "unknown-to-this-world";
    await stray(mock, { path: `/api/v2/tasks/me/${unknown}`, headers: { "coder-session-token": unknown } });
    expect(await everything(mock)).not.toContain(unknown);
    const far = { match: { method: "PUT" }, timeout: "0s" };
    expect(await admin(mock, "/requests/wait", far)).not.toContain(unknown);
  });

  it("nor what stands under a secret-sounding name, though no token", async () => {
    const { mock } = await start();
    await stray(mock, {
      search: "access_token=of-another-place&q=x",
      headers: { "x-api-key": "of-another-place" },
      body: '{"input": "x", "token": "of-another-place", "more": [{"password": {"is": "of-another-place"}}]}',
    });
    const detail = JSON.parse(await admin(mock, "/requests/2"));
    expect(JSON.stringify(detail)).not.toContain("of-another-place");
    expect(detail.request.body.json).toEqual({
      input: "x",
      token: "[redacted]",
      more: [{ password: "[redacted]" }],
    });
    expect(detail.parameters.query).toEqual([
      { name: "access_token", value: "[redacted]" },
      { name: "q", value: "x" },
    ]);
  });

  it("and a received value that only looks like the first part of one stays", async () => {
    const { mock } = await start();
    await stray(mock, {
      body: '{"input": "x", "colour": "background-color"}',
      headers: { "coder-session-token": tokenFor("member") },
    });
    const [{ violations }] = JSON.parse(await admin(mock, "/requests")).requests;
    expect(violations).toContainEqual(
      expect.objectContaining({
        pointer: "/colour",
        received: '"background-color"',
        explanation: expect.stringContaining('received "background-color" ('),
      }),
    );
  });

  it("and all else stays as it came", async () => {
    const { mock } = await start();
    const body = { input: "Mend 00000000-0000-4000-8000-000000000400, kind-of", name: "a-b" };
    await stray(mock, { body: JSON.stringify(body), search: "q=a%20b&x=1+2" });
    const detail = JSON.parse(await admin(mock, "/requests/2"));
    expect(detail.request.body.json).toEqual(body);
    expect(detail.parameters.query).toEqual([
      { name: "q", value: "a b" },
      { name: "x", value: "1 2" },
    ]);
  });
});
