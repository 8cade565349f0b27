import { readFile } from "node:fs/promises";
import type { components } from "../../contract/generated/admin.ts";
import { type SchemaCheck, SchemaChecks } from "../../contract/schemas/schema-checks.ts";
import { isAnswerOfService, type RecordedExchange } from "../../engine/compatibility/judge.ts";
import { responseFrom } from "../../engine/compatibility/recording.ts";
import type { Recording } from "../../engine/compatibility/rejudge.ts";
import { Redactor } from "../../engine/journal/redact.ts";
import { openDocuments } from "../contract-files.ts";
import { RunNames } from "../reports/run-names.ts";
import { StartError } from "../start-error.ts";

type Schemas = components["schemas"];

/**
 * Reads journal files, as `GET /__admin/requests?format=journal` gives them, and arrays of them, as `--report-dir` leaves them.
 * Of several, each exchange is named by its file and its world, too. Throws a `StartError` for a file that is neither.
 */
export async function readJournals(files: readonly string[]): Promise<readonly Recording[]> {
  const checks = new SchemaChecks((await openDocuments()).admin());
  const read = await Promise.all(files.map((file) => readFileWith(file, checks)));
  return read.flatMap((journals, index) => {
    const file = files.length === 1 ? "" : `${files[index] ?? ""}#`;
    const runs = new RunNames();
    return journals.map((journal) =>
      recordingFrom(journal, journals.length === 1 ? file : `${file}${runs.next(journal.world)}/`),
    );
  });
}

async function readFileWith(file: string, checks: SchemaChecks): Promise<readonly Schemas["JournalFile"][]> {
  const check = checks.check("/components/schemas/JournalFile", "response");
  const text = await readFile(file, "utf8").catch((cause: Error) => refuse(file, cause.message, cause));
  const value: unknown = parse(file, text);
  if (!Array.isArray(value)) return [journalIn(value, { file, check, place: "" })];
  const journals: readonly unknown[] = value;
  return journals.map((journal, index) => journalIn(journal, { file, check, place: `/${index}` }));
}

interface JournalPlace {
  readonly file: string;
  readonly check: SchemaCheck;
  /** JSON pointer. */
  readonly place: string;
}

function journalIn(value: unknown, { file, check, place }: JournalPlace): Schemas["JournalFile"] {
  if (isJournal(value, check)) return value;
  const [first] = check.violations(value, site);
  const where = `${place}${first?.pointer ?? ""}` || "the top";
  return refuse(file, `at ${where} stands something else than ${first?.expected ?? "that"}`);
}

const site = { direction: "response", place: "body", prefix: "" } as const;

/** What fits the schema has the type that was generated from it. */
function isJournal(value: unknown, check: SchemaCheck): value is Schemas["JournalFile"] {
  return check.violations(value, site).length === 0;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return refuse(file, "it is no JSON", cause);
  }
}

function refuse(file: string, problem: string, cause?: unknown): never {
  const expected = "expected a journal file, as GET /__admin/requests?format=journal gives one";
  throw new StartError(`${file}: ${expected}: ${problem}.`, { cause });
}

function recordingFrom(
  { revision, profile, dropped, exchanges }: Schemas["JournalFile"],
  prefix: string,
): Recording {
  const redactor = new Redactor(undefined);
  const read = exchanges.map((exchange) => exchangeFrom(exchange, { prefix, redactor }));
  const whole = read.filter((exchange) => exchange !== undefined);
  return { revision, profile, exchanges: whole, incomplete: read.length - whole.length, dropped };
}

/** Undefined when a body is not there in whole. */
function exchangeFrom(
  { id, method, path, query, headers, request_body, response, outcome }: Schemas["RecordedExchange"],
  { prefix, redactor }: { readonly prefix: string; readonly redactor: Redactor },
): RecordedExchange | undefined {
  const body = bytesOf(request_body);
  const answer = bytesOf(response.body);
  if (body === undefined || answer === undefined) return undefined;
  const { status } = response;
  const judged = isAnswerOfService(outcome)
    ? responseFrom({ status, mediaType: response.body?.media_type ?? "", body: answer })
    : { status };
  if (judged === undefined) return undefined;
  return {
    id: `${prefix}${id}`,
    method,
    path,
    query: query.map(({ name, value }) => [name, value]),
    headers,
    body,
    outcome,
    response: judged,
    redactor,
  };
}

function bytesOf(body: Schemas["ExchangeBody"] | undefined): Uint8Array | undefined {
  if (body === undefined) return new Uint8Array(0);
  if (body.cut === true || body.omitted !== undefined) return undefined;
  if (body.base64 !== undefined) return Uint8Array.from(Buffer.from(body.base64, "base64"));
  return new TextEncoder().encode(body.text ?? JSON.stringify(body.json));
}
