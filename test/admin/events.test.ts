import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { createTask } from "../support/admin-engine.ts";
import { documents } from "../support/assets.ts";
import { advanceBy, all, eventBench, everything, wholeLife } from "../support/event-bench.ts";

describe("a stream of events", () => {
  it("tells what happens, in order, also beyond a new beginning", async () => {
    const mock = eventBench();
    const client = await mock.listen();
    await everything(mock);
    expect(client.gist).toEqual(all);
    expect(client.frames.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    expect(client.isEnded).toBe(false);
    client.leave();
  });

  it("tells every kind of event as the document says", async () => {
    const document = documents.admin();
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    formats.default(ajv);
    ajv.addVocabulary(Object.keys(document));
    ajv.addSchema(document, "admin");
    const place = ["paths", "/events", "get", "responses", "200", "content", "text/event-stream", "schema"];
    const pointer = place.map((step) => encodeURIComponent(step.replaceAll("/", "~1"))).join("/");
    const validate = ajv.getSchema(`admin#/${pointer}`);
    if (validate === undefined) throw new Error(`There is no schema at ${pointer}.`);

    const mock = eventBench();
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
    const mock = eventBench();
    const client = await mock.listen();
    await createTask(mock);
    await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: 7 } });
    const { events } = (await advanceBy(mock, "2s")).body;
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
    const mock = eventBench();
    await createTask(mock);
    await advanceBy(mock, "1m");
    const client = await mock.listen();
    await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } });
    await advanceBy(mock, "1m");
    const working = client.frames.find(({ data }) => data.after?.state === "working");
    expect([working?.data.kind, working?.data.at]).toEqual(["report", "2026-01-01T00:01:00Z"]);
    expect(client.gist).toContain("lifecycle message");
    client.leave();
  });

  it("tells no one of what was due before they came, although nobody had looked", async () => {
    const mock = eventBench();
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
      const mock = eventBench();
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
    const mock = eventBench();
    await mock.admin("POST", "/worlds", { id: "other" });
    const [own, other, both] = [
      await mock.listen(),
      await mock.listen("world=other"),
      await mock.listen("scope=all"),
    ];
    await advanceBy(mock, "1s");
    await mock.admin("POST", "/clock/advance?world=other", { by: "2s" });
    expect([own, other, both].map(({ gist }) => gist)).toEqual([
      ["clock manual 1"],
      ["clock manual 2"],
      ["clock manual 1", "clock manual 2"],
    ]);
    expect(both.frames.map(({ data }) => data.world)).toEqual(["default", "other"]);
    for (const client of [own, other, both]) client.leave();
  });
});
