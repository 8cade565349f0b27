import { describe, expect, it } from "vitest";
import { checkFixtures } from "../../src/scenarios/check/check-fixtures.ts";
import { formatFinding } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";
import { findingsIn, scenarioFrom } from "./scenario-text.ts";

const { fixtures } = assets.library;

interface Broken {
  readonly title: string;
  readonly text: string;
  readonly findings: readonly string[];
}

const task = "{ name: a, owner: olga, template: web-agent";
const long = "x".repeat(65_537);

const rows: readonly Broken[] = [
  {
    title: "an unknown key of a script",
    text: "scripts:\n  mine: { openning: [] }",
    findings: [
      `sample.yaml:2:21 /scripts/mine/openning the key "openning" is not known. Expected one of "description", "opening", "reactions", "otherwise" (did you mean "opening"?).`,
    ],
  },
  {
    title: "an unknown act",
    text: "scripts:\n  mine:\n    opening: [{ sya: Hello }]",
    findings: [
      `sample.yaml:3:22 /scripts/mine/opening/0/sya the key "sya" is not known. Expected one of "say", "think", "working", "idle", "complete", "failure", "report", "repeat" (did you mean "say"?).`,
    ],
  },
  {
    title: "an act that is two things",
    text: "scripts:\n  mine:\n    opening: [{ say: Hello, think: 2s }]",
    findings: [
      `sample.yaml:3:15 /scripts/mine/opening/0 this act is several things: say, think. Expected exactly one of the keys say, think, working, idle, complete, failure, report, repeat; each further one as an act of its own.`,
    ],
  },
  {
    title: "an act that is nothing, inside of a repetition",
    text: "scripts:\n  mine:\n    otherwise: [{ repeat: { times: 2, acts: [{}] } }]",
    findings: [
      `sample.yaml:3:46 /scripts/mine/otherwise/0/repeat/acts/0 this act does nothing. Expected exactly one of the keys say, think, working, idle, complete, failure, report, repeat; each further one as an act of its own.`,
    ],
  },
  {
    title: "a repetition without end",
    text: "scripts:\n  mine:\n    opening: [{ repeat: { times: infinite, acts: [{ say: Again }] } }]",
    findings: [
      `sample.yaml:3:34 /scripts/mine/opening/0/repeat/times "infinite" is a text. Expected a whole number from 1 to 1000; a turn of an agent has an end, and the next one begins with an input.`,
    ],
  },
  {
    title: "a repetition without end, in numbers",
    text: "scripts:\n  mine:\n    opening: [{ repeat: { times: .inf, acts: [{ say: Again }] } }]",
    findings: [
      `sample.yaml:3:34 the value at /scripts/mine/opening/0/repeat/times is Infinity. Expected a number with an end.`,
    ],
  },
  {
    title: "a repetition of many rounds",
    text: "scripts:\n  mine:\n    opening: [{ repeat: { times: 1000000, acts: [{ say: Again }] } }]",
    findings: [
      `sample.yaml:3:34 /scripts/mine/opening/0/repeat/times 1000000 is out of bounds. Expected a whole number from 1 to 1000; a turn of an agent has an end, and the next one begins with an input.`,
    ],
  },
  {
    title: "a repetition of no rounds",
    text: "scripts:\n  mine:\n    opening: [{ repeat: { times: 0, acts: [{ say: Again }] } }]",
    findings: [
      `sample.yaml:3:34 /scripts/mine/opening/0/repeat/times 0 is out of bounds. Expected a whole number from 1 to 1000; a turn of an agent has an end, and the next one begins with an input.`,
    ],
  },
  {
    title: "a repetition that contains itself",
    text: "scripts:\n  mine:\n    opening: &acts\n      - say: Again\n      - repeat: { times: 2, acts: *acts }",
    findings: [
      `sample.yaml:5:35 the value at /scripts/mine/opening/1/repeat/acts contains itself, or goes deeper than 100 levels. Expected values that end: write out what an alias would repeat without end.`,
    ],
  },
  {
    title: "repetitions that multiply",
    text: "scripts:\n  mine:\n    reactions:\n      - when: { text: go }\n        acts: [{ repeat: { times: 30, acts: [{ repeat: { times: 30, acts: [{ say: Again }] } }] } }]",
    findings: [
      `sample.yaml:5:15 /scripts/mine/reactions/0/acts this turn has 900 acts, repetitions laid out. Expected at most 500: fewer rounds, or the rest as the reaction to another input.`,
    ],
  },
  {
    title: "repetitions too deep in each other",
    text: "scripts:\n  mine:\n    opening: [{ repeat: { times: 1, acts: [{ repeat: { times: 1, acts: [{ repeat: { times: 1, acts: [{ repeat: { times: 1, acts: [] } }] } }] } }] } }]",
    findings: [
      `sample.yaml:3:14 /scripts/mine/opening repetitions stand 4 deep in each other. Expected at most 3 of them in each other.`,
    ],
  },
  {
    title: "a text that is too long",
    text: `scripts:\n  mine:\n    opening: [{ say: ${long} }]`,
    findings: [
      `sample.yaml:3:22 /scripts/mine/opening/0/say "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is out of bounds. Expected a value that must NOT have more than 65536 characters.`,
    ],
  },
  {
    title: "a turn that says too much",
    text: `scripts:\n  mine:\n    opening: [{ repeat: { times: 400, acts: [{ working: { message: ${"x".repeat(3_000)} } }] } }]`,
    findings: [
      `sample.yaml:3:14 /scripts/mine/opening this turn has 1200400 characters of text, repetitions laid out. Expected at most 1048576: fewer rounds, or the rest as the reaction to another input.`,
    ],
  },
  {
    title: "a turn that says too much once its placeholders are filled",
    text: `scripts:\n  mine:\n    opening: [{ repeat: { times: 500, acts: [{ say: "${"{topic}{task}".repeat(20)}" }] } }]`,
    findings: [
      `sample.yaml:3:14 /scripts/mine/opening this turn has 1120000 characters of text, repetitions laid out. Expected at most 1048576: fewer rounds, or the rest as the reaction to another input.`,
    ],
  },
  {
    title: "a turn that repeats its input too often",
    text: `scripts:\n  mine:\n    otherwise: [{ repeat: { times: 7, acts: [{ say: "{input} {input} {input}" }] } }]`,
    findings: [
      `sample.yaml:3:16 /scripts/mine/otherwise this turn has 21 places where it repeats the {input}, repetitions laid out. Expected at most 20: fewer rounds, or the rest as the reaction to another input.`,
    ],
  },
  {
    title: "a think time beyond a day",
    text: "scripts:\n  mine:\n    opening: [{ think: 1h..25h }]",
    findings: [
      `sample.yaml:3:24 /scripts/mine/opening/0/think "1h..25h" is longer than a day. Expected at most "1d".`,
    ],
  },
  {
    title: "a think time that ends before it begins",
    text: "scripts:\n  mine:\n    opening: [{ think: 5s..2s }]",
    findings: [
      `sample.yaml:3:24 /scripts/mine/opening/0/think "5s..2s" ends before it begins. Expected the shorter span first: "2s..5s".`,
    ],
  },
  {
    title: "a think time that is none",
    text: "scripts:\n  mine:\n    opening: [{ think: 2s-5s }]",
    findings: [
      `sample.yaml:3:24 /scripts/mine/opening/0/think "2s-5s" cannot be read. Expected a span of time such as "500ms", "2s" or "1h30m", or a range of two such as "2s..5s".`,
    ],
  },
  {
    title: "a report with an unknown state",
    text: "scripts:\n  mine:\n    opening: [{ report: { state: done } }]",
    findings: [
      `sample.yaml:3:34 /scripts/mine/opening/0/report/state "done" is not one of the known words. Expected one of "working", "idle", "complete", "failure".`,
    ],
  },
  {
    title: "a reaction to nothing",
    text: "scripts:\n  mine:\n    reactions: [{ when: {}, acts: [] }]",
    findings: [
      `sample.yaml:3:25 /scripts/mine/reactions/0/when no input fits this. Expected exactly one of the keys text and pattern.`,
    ],
  },
  {
    title: "a reaction to a text and a pattern",
    text: "scripts:\n  mine:\n    reactions: [{ when: { text: a, pattern: b }, acts: [] }]",
    findings: [
      `sample.yaml:3:25 /scripts/mine/reactions/0/when a reaction is for a text or for a pattern, not both. Expected exactly one of the keys text and pattern.`,
    ],
  },
  {
    title: "a reaction without acts",
    text: "scripts:\n  mine:\n    reactions: [{ when: { text: a } }]",
    findings: [
      `sample.yaml:3:17 /scripts/mine/reactions/0/acts the key "acts" is missing. Expected a reaction with the keys "when", "acts".`,
    ],
  },
  {
    title: "too many reactions",
    text: `scripts:\n  mine:\n    reactions: [${"{ when: { text: a }, acts: [] }, ".repeat(51)}]`,
    findings: [
      `sample.yaml:3:16 /scripts/mine/reactions [{"when":{"text":"a"},"acts":[]},{"when":{"text":"a"},"acts… is out of bounds. Expected a value that must NOT have more than 50 items.`,
    ],
  },
  {
    title: "a pattern that does not compile",
    text: 'scripts:\n  mine:\n    reactions:\n      - when: { pattern: "(yes" }\n        acts: []',
    findings: [
      `sample.yaml:4:26 /scripts/mine/reactions/0/when/pattern the pattern "(yes" does not compile: missing closing ): \`(yes\`. Expected the syntax of RE2, which has neither backreferences nor lookaround; a backslash before a sign that is meant as it is.`,
    ],
  },
  {
    title: "a backreference",
    text: "scripts:\n  mine:\n    reactions:\n      - when: { pattern: '(a)\\1' }\n        acts: []",
    findings: [
      `sample.yaml:4:26 /scripts/mine/reactions/0/when/pattern the pattern "(a)\\\\1" does not compile: invalid escape sequence: \`\\1\`. Expected the syntax of RE2, which has neither backreferences nor lookaround; a backslash before a sign that is meant as it is.`,
    ],
  },
  {
    title: "a lookahead",
    text: 'scripts:\n  mine:\n    reactions:\n      - when: { pattern: "yes(?! but)" }\n        acts: []',
    findings: [
      `sample.yaml:4:26 /scripts/mine/reactions/0/when/pattern the pattern "yes(?! but)" does not compile: invalid or unsupported Perl syntax: \`(?!\`. Expected the syntax of RE2, which has neither backreferences nor lookaround; a backslash before a sign that is meant as it is.`,
    ],
  },
  {
    title: "a pattern that is too long",
    text: `scripts:\n  mine:\n    reactions: [{ when: { pattern: ${"a".repeat(1_001)} }, acts: [] }]`,
    findings: [
      `sample.yaml:3:36 /scripts/mine/reactions/0/when/pattern "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… is out of bounds. Expected a value that must NOT have more than 1000 characters.`,
    ],
  },
  {
    title: "patterns that cost too much together, told once",
    text: 'scripts:\n  mine:\n    reactions:\n      - { when: { pattern: "[ab]{900}c" }, acts: [] }\n      - { when: { pattern: "[ab]{900}d" }, acts: [] }\n      - { when: { pattern: "[ab]{900}e" }, acts: [] }\n      - { when: { pattern: "[ab]{900}f" }, acts: [] }',
    findings: [
      `sample.yaml:6:28 /scripts/mine/reactions/2/when/pattern with the pattern "[ab]{900}e" the script's patterns cost 2709 steps for each character. Expected at most 2000 for all of them: fewer reactions, or smaller counts in braces.`,
    ],
  },
  {
    title: "a task that follows an unknown script",
    text: `scripts: { greeter: {} }\ntasks: [${task}, behaviour: { script: greter } }]`,
    findings: [
      `sample.yaml:2:75 /tasks/0/behaviour/script there is no script "greter". Expected one of "bug-fix", "chatty", "failure", "long-refactoring", "question-back", "greeter" (did you mean "greeter"?).`,
    ],
  },
  {
    title: "a template that follows an unknown script",
    text: "templates: [{ name: t, organization: harbor, behaviour: { script: bugfix } }]",
    findings: [
      `sample.yaml:1:67 /templates/0/behaviour/script there is no script "bugfix". Expected one of "bug-fix", "chatty", "failure", "long-refactoring", "question-back" (did you mean "bug-fix"?).`,
    ],
  },
  {
    title: "a task that follows a script with a mistake, told once",
    text: `scripts: { greeter: { opening: [{ say: 5 }] } }\ntasks: [${task}, behaviour: { script: greeter } }]`,
    findings: [`sample.yaml:1:40 /scripts/greeter/opening/0/say 5 is a number. Expected a text.`],
  },
];

describe("a scenario with a broken script", () => {
  it.each(rows)("is explained when it has $title", async ({ text, findings }) => {
    expect(await findingsIn(text, fixtures)).toEqual(findings);
  });
});

describe("a fixture file with a broken script", () => {
  const nothing =
    "this act does nothing. Expected exactly one of the keys say, think, working, idle, complete, failure, report, repeat; each further one as an act of its own.";

  it("is explained whether or not a scenario uses the script", async () => {
    const file = await scenarioFrom("scripts:\n  odd:\n    opening: [{}]\n  worse:\n    reactions: 5", "odd");
    const findings = await checkFixtures(fixtures.withLayer([file]));
    expect(findings.map(formatFinding)).toEqual([
      "odd.yaml:5:16 /scripts/worse/reactions 5 is a number. Expected a list.",
      `odd.yaml:3:15 /scripts/odd/opening/0 ${nothing}`,
    ]);
  });

  it("matters to those scenarios that use the script", async () => {
    const file = await scenarioFrom("scripts: { odd: { opening: [{}] }, worse: 5 }", "odd");
    const layered = fixtures.withLayer([file]);
    const uses = (name: string) => `tasks: [${task}, behaviour: { script: ${name} } }]`;
    expect(await findingsIn("tasks: []", layered)).toEqual([]);
    expect(await findingsIn(uses("odd"), layered)).toEqual([
      `odd.yaml:1:29 /scripts/odd/opening/0 ${nothing}`,
    ]);
    expect(await findingsIn(uses("worse"), layered)).toEqual([
      "odd.yaml:1:43 /scripts/worse 5 is a number. Expected an object.",
    ]);
  });
});
