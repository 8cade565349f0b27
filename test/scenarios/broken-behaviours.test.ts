import { describe, expect, it } from "vitest";
import { assets } from "../support/assets.ts";
import { findingsIn } from "./scenario-text.ts";

interface Broken {
  readonly title: string;
  readonly text: string;
  readonly findings: readonly string[];
}

const task = "{ name: a, owner: olga, template: web-agent";

const rows: readonly Broken[] = [
  {
    title: "an unknown outcome of a build",
    text: `tasks: [${task}, behaviour: { start: suceeds } }]`,
    findings: [
      `sample.yaml:1:74 /tasks/0/behaviour/start "suceeds" is not one of the known words. Expected "succeeds", "hangs", "canceled", { fails: "an error text" }, or a list of these (did you mean "succeeds"?).`,
    ],
  },
  {
    title: "an unknown outcome of a build in a list",
    text: `tasks: [${task}, behaviour: { stop: [succeeds, fails] } }]`,
    findings: [
      `sample.yaml:1:84 /tasks/0/behaviour/stop/1 "fails" is not one of the known words. Expected "succeeds", "hangs", "canceled", { fails: "an error text" }, or a list of these.`,
    ],
  },
  {
    title: "no outcomes",
    text: `tasks: [${task}, behaviour: { delete: [] } }]`,
    findings: [
      `sample.yaml:1:75 /tasks/0/behaviour/delete [] is out of bounds. Expected "succeeds", "hangs", "canceled", { fails: "an error text" }, or a list of these.`,
    ],
  },
  {
    title: "a failure without its text",
    text: `tasks: [${task}, behaviour: { start: { fails: } } }]`,
    findings: [`sample.yaml:1:83 /tasks/0/behaviour/start/fails null is null. Expected a text.`],
  },
  {
    title: "an unknown outcome of an agent",
    text: `tasks: [${task}, behaviour: { agent: start_error } }]`,
    findings: [
      `sample.yaml:1:74 /tasks/0/behaviour/agent "start_error" is not one of the known words. Expected "ready", "start-error", "start-timeout", "never-connects", { disconnects_after: "30s" }, or a list of these (did you mean "start-error"?).`,
    ],
  },
  {
    title: "an unknown key of an outcome",
    text: `tasks: [${task}, behaviour: { app: { unhealthy: 10s } } }]`,
    findings: [
      `sample.yaml:1:72 /tasks/0/behaviour/app/unhealthy_after the key "unhealthy_after" is missing. Expected bad health with the keys "unhealthy_after".`,
      `sample.yaml:1:85 /tasks/0/behaviour/app/unhealthy the key "unhealthy" is not known. Expected "unhealthy_after".`,
    ],
  },
  {
    title: "an outcome that is a number",
    text: `tasks: [${task}, behaviour: { app: 5 } }]`,
    findings: [
      `sample.yaml:1:72 /tasks/0/behaviour/app 5 is a number. Expected "healthy", "unreachable", "rejects", { unhealthy_after: "10s..20s" }, or a list of these.`,
    ],
  },
  {
    title: "spans of outcomes that cannot be",
    text: `tasks: [${task}, behaviour: { agent: [ready, { disconnects_after: 9s..3s }], app: { unhealthy_after: 2d } } }]`,
    findings: [
      `sample.yaml:1:103 /tasks/0/behaviour/agent/1/disconnects_after "9s..3s" ends before it begins. Expected the shorter span first: "3s..9s".`,
      `sample.yaml:1:138 /tasks/0/behaviour/app/unhealthy_after "2d" is longer than a day. Expected at most "1d".`,
    ],
  },
  {
    title: "an unknown key of a behaviour",
    text: `tasks: [${task}, behaviour: { strat: hangs } }]`,
    findings: [
      `sample.yaml:1:74 /tasks/0/behaviour/strat the key "strat" is not known. Expected one of "start", "stop", "delete", "agent", "app", "script", "build_log", "agent_log" (did you mean "start"?).`,
    ],
  },
  {
    title: "a range of durations that ends before it begins",
    text: "durations: { build: 5s..2s }",
    findings: [
      `sample.yaml:1:21 /durations/build "5s..2s" ends before it begins. Expected the shorter span first: "2s..5s".`,
    ],
  },
  {
    title: "a range of three",
    text: "durations: { build: 1s..2s..3s }",
    findings: [
      `sample.yaml:1:21 /durations/build "1s..2s..3s" cannot be read. Expected a span of time such as "500ms", "2s" or "1h30m", or a range of two such as "2s..5s".`,
    ],
  },
];

describe("a scenario with a broken behaviour or range", () => {
  it.each(rows)("is explained when it has $title", async ({ text, findings }) => {
    expect(await findingsIn(text, assets.library.fixtures)).toEqual(findings);
  });
});
