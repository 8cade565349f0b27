import type { MockResponse } from "../../src/engine/journal/exchange.ts";
import type { StreamSink } from "../../src/operations/reply.ts";
import {
  type AdminEngine,
  type Answer,
  createTask,
  openContracts,
  startAdminEngine,
} from "./admin-engine.ts";
import { HandTime } from "./hand-time.ts";

const contracts = await openContracts();

interface Frame {
  readonly id: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: what stands in it is checked against the document
  readonly data: any;
}

/** A client of the stream that keeps all it gets. */
export class Client {
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

export interface EventBench extends AdminEngine {
  readonly time: HandTime;
  /** Opens a stream; it begins as the head of its answer is out. */
  listen(search?: string, headers?: Readonly<Record<string, string>>): Promise<Client>;
}

/** A mock with time in the hand of the test. */
export function eventBench(): EventBench {
  const time = new HandTime();
  const mock = startAdminEngine({ contracts, hostTime: time.hostTime, after: time.after });
  return {
    ...mock,
    time,
    async listen(search = "", headers = {}) {
      const response = await openEvents(mock, search, headers);
      const client = new Client();
      if (response.stream === undefined) throw new Error(`The answer is no stream but a ${response.status}.`);
      client.leave = response.stream(client.sink);
      return client;
    },
  };
}

/** Asks for a stream, without beginning to read it. */
export function openEvents(
  { engine }: AdminEngine,
  search: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<MockResponse> {
  return engine.handle({
    method: "GET",
    path: "/__admin/events",
    search,
    headers: { host: "localhost:8080", ...headers },
    body: { kind: "bytes", bytes: new Uint8Array(0) },
  });
}

export function advanceBy(mock: EventBench, by: string): Promise<Answer> {
  return mock.admin("POST", "/clock/advance", { by });
}

/** Every kind of event happens in the default world. */
export async function everything(mock: EventBench): Promise<void> {
  await createTask(mock);
  await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: 7 } });
  await advanceBy(mock, "1s");
  await mock.admin("PUT", "/clock", { mode: "manual", speed: 2 });
  await mock.admin("POST", "/snapshots", { name: "here" });
  await mock.admin("POST", "/reset");
  await mock.admin("POST", "/snapshots/here/restore");
  await mock.admin("PUT", "/state", { users: [] });
}

/** All that a task can go through. */
export async function wholeLife(mock: EventBench): Promise<void> {
  await createTask(mock, "whole");
  for (const [method, path, body] of [
    ["POST", "/send", { input: "More" }],
    ["POST", "/pause"],
    ["POST", "/resume"],
    ["DELETE", ""],
  ] as const) {
    await advanceBy(mock, "5m");
    await mock.api(method, `/tasks/alice/whole${path}`, { body });
  }
  await advanceBy(mock, "5m");
}

/** What `everything` brings about. */
export const all: readonly string[] = [
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
