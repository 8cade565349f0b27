import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventLog, keptEvents, mostListeners } from "../../src/engine/event-log.ts";
import type { StreamSink } from "../../src/operations/reply.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { HandTime } from "../support/hand-time.ts";
import { beginning } from "../support/world-builder.ts";

const contracts = await openContracts();

interface Frame {
  readonly id: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: what stands in it is checked against the document
  readonly data: any;
}

/** A client of the stream that keeps all it gets. */
class Client {
  text = "";
  isEnded = false;
  /** Goes away. */
  leave: () => void = () => {
    throw new Error("The stream has not begun.");
  };

  readonly sink: StreamSink = {
    write: (text) => {
      this.text += text;
    },
    end: () => {
      this.isEnded = true;
    },
  };

  get frames(): readonly Frame[] {
    const frames = /^id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/gm;
    return [...this.text.matchAll(frames)].map(([, id, event = "", data = ""]) => ({
      id: Number(id),
      event,
      data: JSON.parse(data),
    }));
  }

  /** Of each event what tells it from others. */
  get gist(): readonly string[] {
    return this.frames.map(({ event, data }) => `${event} ${gistOf(event, data)}`);
  }

  get comments(): readonly string[] {
    return this.text.split("\n").filter((line) => line.startsWith(":"));
  }
}

function gistOf(event: string, data: Frame["data"]): string {
  switch (event) {
    case "exchange":
      return `${data.method} ${data.status}`;
    case "violation":
      return data.violations.map(({ pointer }: { readonly pointer: string }) => pointer).join();
    case "lifecycle":
      return data.kind;
    case "clock":
      return `${data.mode} ${(Date.parse(data.to) - Date.parse(data.from)) / 1_000}`;
    case "reset":
      return `${data.cause} ${data.epoch}`;
    default:
      return `${data.world} ${data.change}`;
  }
}

interface Bench extends AdminEngine {
  readonly time: HandTime;
  /** Opens a stream; it begins as the head of its answer is out. */
  listen(search?: string, headers?: Readonly<Record<string, string>>): Promise<Client>;
}

function bench(): Bench {
  const time = new HandTime();
  const mock = startAdminEngine({ contracts, hostTime: time.hostTime, after: time.after });
  return {
    ...mock,
    time,
    async listen(search = "", headers = {}) {
      const response = await open(mock, search, headers);
      expect([response.status, response.headers["Content-Type"]]).toEqual([200, "text/event-stream"]);
      const client = new Client();
      if (response.stream === undefined) throw new Error("The answer is no stream.");
      client.leave = response.stream(client.sink);
      return client;
    },
  };
}

function open({ engine }: AdminEngine, search: string, headers: Readonly<Record<string, string>> = {}) {
  return engine.handle({
    method: "GET",
    path: "/__admin/events",
    search,
    headers: { host: "localhost:8080", ...headers },
    body: { kind: "bytes", bytes: new Uint8Array(0) },
  });
}

const advance = (mock: Bench, by: string) => mock.admin("POST", "/clock/advance", { by });

/** Every kind of event happens in the default world. */
async function everything(mock: Bench): Promise<void> {
  await createTask(mock);
  await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: 7 } });
  await advance(mock, "1s");
  await mock.admin("PUT", "/clock", { mode: "manual", speed: 2 });
  await mock.admin("POST", "/snapshots", { name: "here" });
  await mock.admin("POST", "/reset");
  await mock.admin("POST", "/snapshots/here/restore");
  await mock.admin("PUT", "/state", { users: [] });
}

/** All that a task can go through. */
async function wholeLife(mock: Bench): Promise<void> {
  await createTask(mock, "whole");
  for (const [method, path, body] of [
    ["POST", "/send", { input: "More" }],
    ["POST", "/pause"],
    ["POST", "/resume"],
    ["DELETE", ""],
  ] as const) {
    await advance(mock, "5m");
    await mock.api(method, `/tasks/alice/whole${path}`, { body });
  }
  await advance(mock, "5m");
}

const all = [
  "exchange POST 201",
  "exchange POST 400",
  "violation /input",
  "lifecycle job-running",
  "clock manual 1",
  "clock manual 0",
  "reset reset 2",
  "reset snapshot 3",
  "reset state 4",
];

describe("a stream of events", () => {
  it("tells what happens, in order, also beyond a new beginning", async () => {
    const mock = bench();
    const client = await mock.listen();
    await everything(mock);
    expect(client.gist).toEqual(all);
    expect(client.frames.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    expect(client.isEnded).toBe(false);
    client.leave();
  });

  it("tells every kind of event as the document says", async () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    formats.default(ajv);
    ajv.addVocabulary(Object.keys(contracts.admin.document));
    ajv.addSchema(contracts.admin.document, "admin");
    const place = ["paths", "/events", "get", "responses", "200", "content", "text/event-stream", "schema"];
    const pointer = place.map((step) => encodeURIComponent(step.replaceAll("/", "~1"))).join("/");
    const validate = ajv.getSchema(`admin#/${pointer}`);
    if (validate === undefined) throw new Error(`There is no schema at ${pointer}.`);

    const mock = bench();
    const client = await mock.listen("scope=all");
    await wholeLife(mock);
    await everything(mock);
    await mock.admin("POST", "/worlds", { id: "brief", ttl: "1s" });
    await mock.admin("POST", "/worlds", { id: "short" });
    await mock.admin("DELETE", "/worlds/short");
    mock.time.pass(5_000);
    await mock.admin("GET", "/worlds");
    expect(client.gist.slice(-all.length - 4)).toEqual([
      ...all,
      "world brief created",
      "world short created",
      "world short deleted",
      "world brief expired",
    ]);
    for (const { event, data } of client.frames) {
      expect({ data, isValid: validate(data), errors: validate.errors }).toEqual({
        data,
        isValid: true,
        errors: null,
      });
      expect(data.type).toBe(event);
    }
    client.leave();
  });

  it("shows exchanges, violations and steps as the journal and the clock do", async () => {
    const mock = bench();
    const client = await mock.listen();
    await createTask(mock);
    await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: 7 } });
    const { events } = (await advance(mock, "2s")).body;
    const journal = (await mock.admin("GET", "/requests")).body.requests;
    const data = (kind: string) =>
      client.frames.filter(({ event }) => event === kind).map((frame) => frame.data);
    const [sent, created] = journal;
    expect(data("exchange")).toEqual(
      [created, sent].map((one) => ({ type: "exchange", world: "default", ...one })),
    );
    const { id: request, outcome: _, ...rest } = sent;
    expect(data("violation")).toEqual([{ type: "violation", world: "default", request, ...rest }]);
    expect(data("lifecycle")).toEqual(
      events.map((one: object) => ({ type: "lifecycle", world: "default", ...one })),
    );
    client.leave();
  });

  it("tells the steps of an input that was sent", async () => {
    const mock = bench();
    await createTask(mock);
    await advance(mock, "1m");
    const client = await mock.listen();
    await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } });
    await advance(mock, "1m");
    const working = client.frames.find(({ data }) => data.after?.state === "working");
    expect([working?.data.kind, working?.data.at]).toEqual(["report", "2026-01-01T00:01:00Z"]);
    expect(client.gist).toContain("lifecycle message");
    client.leave();
  });

  it("tells no one of what was due before they came, although nobody had looked", async () => {
    const mock = bench();
    await createTask(mock);
    await mock.admin("PUT", "/clock", { mode: "real" });
    mock.time.pass(3_500);
    const client = await mock.listen();
    expect(client.gist).toEqual([]);
    mock.time.pass(1_500);
    expect(client.gist).toContain("lifecycle app-healthy");
    expect(client.gist).not.toContain("lifecycle job-running");
    client.leave();
  });

  it.each(["", "scope=all"])(
    "makes a clock that runs tell of its steps when they are due (%s)",
    async (search) => {
      const mock = bench();
      await createTask(mock);
      await mock.admin("PUT", "/clock", { mode: "real" });
      const client = await mock.listen(search);
      mock.time.pass(499);
      expect(client.gist).toEqual([]);
      mock.time.pass(1);
      expect(client.gist).toEqual(["lifecycle job-running"]);
      client.leave();
    },
  );

  it("tells nothing of other worlds unless it is asked for all", async () => {
    const mock = bench();
    await mock.admin("POST", "/worlds", { id: "other" });
    const [own, other, both] = [
      await mock.listen(),
      await mock.listen("world=other"),
      await mock.listen("scope=all"),
    ];
    await advance(mock, "1s");
    await mock.admin("POST", "/clock/advance?world=other", { by: "2s" });
    expect([own, other, both].map(({ gist }) => gist)).toEqual([
      ["clock manual 1"],
      ["clock manual 2"],
      ["clock manual 1", "clock manual 2"],
    ]);
    expect(both.frames.map(({ data }) => data.world)).toEqual(["default", "other"]);
    for (const client of [own, other, both]) client.leave();
  });

  it("goes on where a client left off", async () => {
    const mock = bench();
    await everything(mock);
    const gists = async (search: string, headers = {}) => {
      const client = await mock.listen(search, headers);
      client.leave();
      return client.gist;
    };
    expect(await gists("")).toEqual([]);
    expect(await gists("last_event_id=0")).toEqual(all);
    expect(await gists("last_event_id=4")).toEqual(all.slice(4));
    expect(await gists(`last_event_id=${all.length}`)).toEqual([]);
    expect(await gists("", { "last-event-id": "7" })).toEqual(all.slice(7));
    expect(await gists("last_event_id=2", { "last-event-id": "7" })).toEqual(all.slice(7));
    // From before a restart of the mock.
    expect(await gists("last_event_id=5000")).toEqual(all);
    expect(await gists("scope=all&last_event_id=0")).toEqual(all);
  });

  it("loses nothing between the answer and the stream", async () => {
    const mock = bench();
    const response = await open(mock, "");
    await advance(mock, "1s");
    const client = new Client();
    response.stream?.(client.sink)();
    expect(client.gist).toEqual(["clock manual 1"]);
  });

  it("keeps a bounded number of events and says how many are lost", async () => {
    const mock = bench();
    for (let index = 0; index < keptEvents + 3; index++) await advance(mock, "1s");
    const client = await mock.listen("last_event_id=1");
    expect(client.comments).toEqual([
      ": listening",
      `: 2 earlier events are lost: the last ${keptEvents} are kept`,
    ]);
    expect(client.frames.map(({ id }) => id)).toEqual(
      Array.from({ length: keptEvents }, (_, index) => index + 4),
    );
    client.leave();
  });

  it("says every fifteen seconds that it is still there", async () => {
    const mock = bench();
    const client = await mock.listen();
    mock.time.pass(45_000);
    expect(client.comments.slice(1)).toEqual([": nothing new", ": nothing new", ": nothing new"]);
    client.leave();
    mock.time.pass(60_000);
    expect([client.comments.length, mock.time.timers]).toEqual([4, 0]);
  });

  it.each(["", "scope=all"])("forgets a client that goes away (%s)", async (search) => {
    const mock = bench();
    await createTask(mock, "going");
    await mock.admin("PUT", "/clock", { mode: "real" });
    const client = await mock.listen(search);
    expect(mock.host.isWatched).toBe(true);
    client.leave();
    expect(mock.host.isWatched).toBe(false);
    const { text } = client;
    mock.time.pass(60_000);
    await everything(mock);
    expect([client.text, mock.time.timers]).toEqual([text, 0]);
  });

  it("takes so many listeners and no more", async () => {
    const mock = bench();
    const clients = [];
    for (let index = 0; index < mostListeners; index++) clients.push(await mock.listen());
    expect((await open(mock, "")).status).toBe(429);
    expect((await open(mock, "scope=all")).status).toBe(200);
    clients[0]?.leave();
    expect((await open(mock, "")).status).toBe(200);
    for (const client of clients) client.leave();
  });

  it("ends with its world, whose end it tells; that of all worlds goes on", async () => {
    const mock = bench();
    await mock.admin("POST", "/worlds", { id: "other", clock: { mode: "real" } });
    const [one, every] = [await mock.listen("world=other"), await mock.listen("scope=all")];
    await mock.admin("DELETE", "/worlds/other");
    expect([one.gist, one.isEnded]).toEqual([["world other deleted"], true]);
    expect([every.gist, every.isEnded]).toEqual([["world other deleted"], false]);
    every.leave();
    expect(mock.time.timers).toBe(0);
  });

  it("keeps its world from expiring", async () => {
    const mock = bench();
    await mock.admin("POST", "/worlds", { id: "brief", ttl: "1s" });
    const client = await mock.listen("world=brief");
    mock.time.pass(10_000);
    expect((await mock.admin("GET", "/worlds")).body.worlds).toHaveLength(2);
    client.leave();
    mock.time.pass(10_000);
    expect((await mock.admin("GET", "/worlds")).body.worlds).toHaveLength(1);
  });

  it("ends when the mock stops, and at once when it has stopped", async () => {
    const mock = bench();
    const client = await mock.listen();
    mock.worlds.stop();
    const late = await mock.listen();
    expect([client.isEnded, late.isEnded, mock.time.timers]).toEqual([true, true, 0]);
  });

  it("to all worlds needs no world, where a world has to be named otherwise", async () => {
    const mock = startAdminEngine({ contracts, strict: true });
    expect((await open(mock, "")).status).toBe(400);
    expect((await open(mock, "scope=all")).status).toBe(200);
    expect((await open(mock, "world=default")).status).toBe(200);
  });
});

it("a log gives what is kept behind any event, in order, and counts the rest", () => {
  fc.assert(
    fc.property(fc.nat(3 * keptEvents), fc.nat(4 * keptEvents), (told, id) => {
      const log = new EventLog();
      for (let epoch = 1; epoch <= told; epoch++) {
        log.publish("default", beginning, { kind: "reset", epoch, cause: "reset" });
      }
      const { events, missed } = log.since(id);
      const known = id > told ? 0 : id;
      const expected = Array.from({ length: told }, (_, index) => index + 1).filter((one) => one > known);
      expect(events.map((one) => one.id)).toEqual(expected.slice(-keptEvents));
      expect(missed).toBe(Math.max(0, expected.length - keptEvents));
    }),
  );
});
