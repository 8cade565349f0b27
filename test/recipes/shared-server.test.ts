import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectMockServer } from "../../src/index.ts";
import { bundleProgram, type Program } from "../support/bundled-program.ts";
import { SocketClient } from "../support/socket-client.ts";
import { startNginx } from "./nginx.ts";
import { type Serving, startReplica } from "./replica.ts";

const adminToken = "let-me-in";
const args = ["--strict-worlds", "--admin-token", adminToken, "--clock", "manual"];

interface World {
  readonly id: string;
  readonly base_url: string;
  readonly tokens: { readonly olga: string };
  /** Where it was made. */
  readonly replica: string;
}

let program: Program;
let replicas: [Serving, Serving];
let nginx: Serving;
const worlds: World[] = [];

beforeAll(async () => {
  program = await bundleProgram();
  const start = () => startReplica(program.file, { port: 0, args });
  replicas = [await start(), await start()];
  nginx = await startNginx(replicas);
  for (let index = 0; index < 12; index++) {
    const tag = (index * 1_234_567).toString(16).padStart(6, "0");
    worlds.push(
      await made({ body: { id: `${tag}.by-query` }, query: `${tag}.by-query` }),
      await made({ header: `plain-${index}` }),
      await made({ path: `plain-${index}.by-path` }),
      await made({}),
    );
  }
});

afterAll(async () => {
  await Promise.all([nginx, ...replicas].map((one) => one.stop()));
  program.remove();
});

interface Making {
  readonly path?: string;
  readonly header?: string;
  readonly query?: string;
  readonly body?: object;
}

async function make({ path, header, query, body }: Making): Promise<Response> {
  const prefix = path === undefined ? "" : `/w/${path}`;
  const search = query === undefined ? "" : `?world=${query}`;
  return await ask(`${prefix}/__admin/worlds${search}`, {
    method: "POST",
    headers: { ...asAdmin, ...(header === undefined ? {} : { "X-Mock-World": header }) },
    body: JSON.stringify(body ?? {}),
  });
}

async function made(making: Making): Promise<World> {
  const answer = await make(making);
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  return { ...JSON.parse(text), replica: replicaOf(answer) };
}

const asAdmin = { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" };

function ask(path: string, options: RequestInit = {}): Promise<Response> {
  return fetch(`${nginx.url}${path}`, options);
}

const replicaOf = ({ headers }: Response) => headers.get("X-Mock-Replica") ?? "";
const isTagged = ({ id }: World) => /^[0-9a-f]{6}\./.test(id);

/** Every way in which a request can name a world. */
function waysTo({
  id,
  tokens: { olga },
}: World): readonly (readonly [path: string, options?: RequestInit])[] {
  const tasks = "/api/v2/tasks";
  const signed = { headers: { "Coder-Session-Token": olga } };
  return [
    [`/w/${id}${tasks}`, signed],
    [tasks, { headers: { ...signed.headers, "X-Mock-World": id } }],
    [`/w/${id}/__admin/state`, { headers: asAdmin }],
    [`/__admin/state?world=${id}`, { headers: asAdmin }],
    ["/__admin/state", { headers: { ...asAdmin, "X-Mock-World": id } }],
    [`/__admin/worlds/${id}`, { headers: asAdmin }],
  ];
}

function waysByToken({ tokens: { olga } }: World): ReturnType<typeof waysTo> {
  const tasks = "/api/v2/tasks";
  return [
    [tasks, { headers: { "Coder-Session-Token": olga } }],
    [tasks, { headers: { Authorization: `Bearer ${olga}` } }],
    [tasks, { headers: { Cookie: `theme=dark; coder_session_token=${olga}` } }],
    [`${tasks}?coder_session_token=${olga}`],
    [`${tasks}?access_token=${olga}`],
  ];
}

describe("two replicas behind the nginx of the recipe", () => {
  test("share the worlds", () => {
    expect(new Set(worlds.map(({ replica }) => replica))).toEqual(
      new Set(replicas.map(({ port }) => `127.0.0.1:${port}`)),
    );
    expect(worlds.filter(({ id, base_url }) => base_url !== `${nginx.url}/w/${id}`)).toEqual([]);
    // Those that nobody has named were named on the way.
    expect(worlds.filter(isTagged).length).toBe(24);
  });

  test("keep each world where it was made, however a request names it", async () => {
    for (const world of worlds) {
      for (const [path, options] of [...waysTo(world), ...(isTagged(world) ? waysByToken(world) : [])]) {
        const answer = await ask(path, options);
        const { status } = answer;
        expect({ path, status, replica: replicaOf(answer) }).toEqual({
          path,
          status: 200,
          replica: world.replica,
        });
        await answer.body?.cancel();
      }
    }
  });

  test("cannot be told apart by a token alone when the world's id does not begin with the digits of its tokens", async () => {
    const plain = worlds.filter((world) => !isTagged(world));
    const answers = await Promise.all(plain.map((world) => ask(...(waysByToken(world)[0] ?? [""]))));
    const strays = answers.filter((answer, index) => replicaOf(answer) !== plain[index]?.replica);
    expect(strays.length).toBeGreaterThan(0);
    // Never another world's data.
    expect(new Set(strays.map(({ status }) => status))).toEqual(new Set([400]));
  });

  test("want a world's id to be said where nginx can read it", async () => {
    const answer = await make({ body: { id: "only-in-the-body" } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("The call names two worlds.");
  });

  test("guard the admin API, though they listen on this machine alone", async () => {
    for (const path of ["/__admin/worlds", "/w/plain-1/__admin/state", "/__admin/state?world=plain-1"]) {
      expect((await ask(path)).status, path).toBe(401);
    }
  });

  test("pass events on as they happen", async () => {
    for (const { id } of worlds.slice(0, 8)) {
      const answer = await ask(`/w/${id}/__admin/events`, { headers: asAdmin });
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      expect((await reader?.read())?.value).toContain(": listening");
      const advanced = await ask(`/w/${id}/__admin/clock/advance`, {
        method: "POST",
        headers: asAdmin,
        body: '{"by": "1s"}',
      });
      expect(advanced.status).toBe(200);
      expect((await reader?.read())?.value).toContain("event: clock");
      await reader?.cancel();
    }
  });

  test("take WebSockets, also from pages of the same host", async () => {
    for (const { id, tokens, replica } of worlds.filter(isTagged)) {
      const headers = { "Coder-Session-Token": tokens.olga };
      const list = await (await ask("/api/v2/workspaces", { headers })).text();
      const { workspaces }: { workspaces: readonly { id: string }[] } = JSON.parse(list);
      const url = `${nginx.url}/api/v2/workspaces/${workspaces[0]?.id}/watch-ws`;
      await using socket = await SocketClient.open(url, { ...headers, Origin: nginx.url });
      expect((await socket.has(1)).length, `${id} on ${replica}`).toBe(1);
    }
  });

  test("are one server for tests that embed the mock", async () => {
    await using mock = await connectMockServer(nginx.url, { adminToken });
    for (const id of [undefined, "suite-1", "suite-2", "suite-3", undefined, undefined]) {
      await using world = await mock.world(id === undefined ? {} : { id });
      await world.clock.advance("1m");
      expect((await world.task("dark-mode").get()).name).toBe("dark-mode");
    }
  });
});

test("a restart of one replica is nothing that the worlds of the other notice", async () => {
  const [first, second] = replicas;
  const on = ({ port }: Serving) => worlds.filter(({ replica }) => replica === `127.0.0.1:${port}`);
  const statuses = async (some: readonly World[]) => {
    const answers = await Promise.all(some.flatMap((world) => waysTo(world).map((way) => ask(...way))));
    return [...new Set(answers.map(({ status }) => status))];
  };
  await second.stop();
  expect(await statuses(on(first))).toEqual([200]);
  expect(await statuses(on(second))).toEqual([502]);
  const [lost] = on(second);
  // A world is never made where it does not belong.
  expect((await make({ query: lost?.id ?? "" })).status).toBe(502);

  replicas[1] = await startReplica(program.file, { port: second.port, args });
  expect(await statuses(on(first))).toEqual([200]);
  expect(await statuses(on(second))).toEqual([404]);
  for (const { id, replica } of on(second)) expect((await made({ query: id })).replica).toBe(replica);
  expect(await statuses(worlds)).toEqual([200]);
});
