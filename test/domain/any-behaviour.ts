import fc from "fast-check";
import { reportStates } from "../../src/domain/agent.ts";
import type { Act, AgentScript, Reaction } from "../../src/domain/agent-script.ts";
import type {
  AgentOutcome,
  AppOutcome,
  Behaviour,
  BuildOutcome,
  Outcomes,
} from "../../src/domain/behaviour.ts";
import type { DurationSpans } from "../../src/domain/due.ts";
import type { Span } from "../../src/domain/span.ts";

/** A span that begins and ends within `most` milliseconds, fixed or a range. */
export function anySpan(most: number): fc.Arbitrary<Span> {
  return fc
    .tuple(fc.nat(most), fc.nat(most))
    .map(([one, other]) => ({ least: Math.min(one, other), most: Math.max(one, other) }));
}

export function anyDurations(most: number): fc.Arbitrary<DurationSpans> {
  const span = anySpan(most);
  return fc.record({
    queue: span,
    build: span,
    connect: span,
    startup: span,
    app_start: span,
    first_reply: span,
    stop: span,
    delete: span,
    reply: span,
  });
}

function anyOutcomes<Outcome>(outcome: fc.Arbitrary<Outcome>): fc.Arbitrary<Outcomes<Outcome>> {
  return fc.tuple(outcome, fc.array(outcome, { maxLength: 2 })).map(([first, more]) => [first, ...more]);
}

const succeeds: BuildOutcome = { kind: "succeeds" };
const buildOutcome = fc.oneof(
  { weight: 3, arbitrary: fc.constant(succeeds) },
  fc.constantFrom<BuildOutcome[]>(
    { kind: "fails", error: "exit 1" },
    { kind: "hangs" },
    { kind: "canceled" },
  ),
);
const agentOutcome: fc.Arbitrary<AgentOutcome> = fc.oneof(
  fc.constantFrom<AgentOutcome[]>(
    { kind: "ready" },
    { kind: "start-error" },
    { kind: "start-timeout" },
    { kind: "never-connects" },
  ),
  anySpan(60).map((after): AgentOutcome => ({ kind: "disconnects", after })),
);
const appOutcome: fc.Arbitrary<AppOutcome> = fc.oneof(
  fc.constantFrom<AppOutcome[]>({ kind: "healthy" }, { kind: "unreachable" }, { kind: "rejects" }),
  anySpan(60).map((after): AppOutcome => ({ kind: "unhealthy", after })),
);

const text = fc.constantFrom("", "Hm.", "About {topic} in {task}", "{input}", "{unknown}");
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("report" as const),
    state: fc.constantFrom(...reportStates),
    message: text,
    uri: fc.constantFrom("", "https://example.com/{task}"),
  }),
  fc.record({ kind: fc.constant("say" as const), text }),
  fc.record({ kind: fc.constant("think" as const), span: anySpan(20) }),
);
const acts = fc.array(act, { maxLength: 6 });

const reaction: fc.Arbitrary<Reaction> = fc.record({
  when: fc.oneof(
    fc.constantFrom("mo", "MORE", "never").map((one) => ({ kind: "text" as const, text: one })),
    fc.constant({
      kind: "pattern" as const,
      pattern: "^M",
      matches: (input: string) => input.startsWith("M"),
    }),
  ),
  acts,
});

const script: fc.Arbitrary<AgentScript> = fc.record({
  name: fc.constant("any"),
  opening: fc.option(acts, { nil: undefined }),
  reactions: fc.array(reaction, { maxLength: 2 }),
  otherwise: fc.option(acts, { nil: undefined }),
});

/** Any mixture of outcomes, with or without a script, with spans of up to 60 ms. */
export const anyBehaviour: fc.Arbitrary<Behaviour> = fc.record({
  builds: fc.record({
    start: anyOutcomes(buildOutcome),
    stop: anyOutcomes(buildOutcome),
    delete: anyOutcomes(buildOutcome),
  }),
  agent: anyOutcomes(agentOutcome),
  app: anyOutcomes(appOutcome),
  script: fc.option(script, { nil: undefined }),
});
