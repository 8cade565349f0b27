import type { components } from "../../contract/generated/admin.ts";
import type { Journal, KeptExchange } from "../../engine/journal/journal.ts";
import type { Redactor } from "../../engine/journal/redact.ts";
import { type StageName, stageNames, type Trace } from "../../engine/trace.ts";
import { presentEvent } from "../clock/happened.ts";
import { headerText } from "./header-text.ts";
import { milliseconds, presentExchange } from "./present-exchange.ts";
import { keptBody, presentBody } from "./present-exchange-body.ts";

type Schemas = components["schemas"];
type Headers = Readonly<Record<string, string | undefined>>;

/** All that is known of an exchange. */
export function presentDetail(
  exchange: KeptExchange,
  { journal, secrets }: { readonly journal: Journal; readonly secrets: Redactor },
): Schemas["ExchangeDetail"] {
  const redactor = secrets.for(exchange);
  const { trace, search } = exchange;
  const request = keptBody(exchange, { journal, side: "request" });
  const response = keptBody(exchange, { journal, side: "response" });
  return {
    ...presentExchange(exchange, secrets),
    parameters: {
      path: pathParameters(trace, redactor),
      query: redactor.pairs(search),
    },
    request: {
      headers: presentHeaders(exchange.requestHeaders, redactor),
      ...(request === undefined ? {} : { body: presentBody(request, redactor) }),
    },
    response: {
      headers: presentHeaders(exchange.responseHeaders, redactor),
      ...(response === undefined ? {} : { body: presentBody(response, redactor) }),
    },
    timing_ms: timingOf(trace),
    events: trace.fired.map(presentEvent),
    ...(trace.omitted === 0 ? {} : { omitted_events: trace.omitted }),
    faults: trace.faults ?? [],
    varied: trace.varied ?? [],
  };
}

function pathParameters({ parameters }: Trace, redactor: Redactor): Record<string, string> {
  const entries = Object.entries(parameters ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, redactor.value(name, value)]));
}

export function presentHeaders(headers: Headers, redactor: Redactor): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[redactor.text(name), presentHeader(name, value, redactor)]],
    ),
  );
}

/** A token may be known by its bytes, as it came, or by its text. */
function presentHeader(name: string, value: string, redactor: Redactor): string {
  return redactor.value(name, headerText(redactor.value(name, value)));
}

/** How long each stage took that was reached, and all of it. */
function timingOf(trace: Trace): Schemas["Timing"] {
  const timing: { [Stage in StageName]?: number } = {};
  let before = 0;
  for (const stage of stageNames) {
    const at = trace[stage];
    if (at === 0) continue;
    timing[stage] = milliseconds(Math.max(0, at - before));
    before = at;
  }
  return { ...timing, total: milliseconds(trace.end) };
}
