import type { AdminSchemas } from "./admin-types.ts";

/** What went wrong, for code that has to tell cases apart; the message is for people. */
export type MockErrorCode =
  /** The mock cannot start as it was asked to, or cannot leave the reports that it was asked for. */
  | "start"
  /** A gate that was asked for at the start has something against what was served. */
  | "gate"
  /** What a test expected is not so. */
  | "expectation"
  /** The mock was closed. */
  | "closed"
  /** Nothing answers at the address. */
  | "unreachable"
  /** Something answers that is no admin API of a mock. */
  | "unexpected-answer"
  /** Nobody of this name can sign in. */
  | "unknown-user"
  /** The call cannot be made at all. */
  | "bad-call"
  /** The admin API refused it: 400, 401, 403, 404, 408, 409, 413, 429, 500, 503, in this order. */
  | "bad-request"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "timeout"
  | "conflict"
  | "too-large"
  | "no-room"
  | "bug"
  | "stopping";

export interface MockErrorFacts {
  readonly code: MockErrorCode;
  /** The call of the admin API: method, path and world. */
  readonly call?: string | undefined;
  readonly status?: number | undefined;
  /** The body of the refusal. */
  readonly answer?: AdminSchemas["Response"] | undefined;
  readonly cause?: unknown;
}

/** Everything that the embedding API throws. The message says what to do about it. */
export class MockError extends Error {
  override readonly name = "MockError";
  readonly code: MockErrorCode;
  /** The call of the admin API that was refused: method, path and world. */
  readonly call: string | undefined;
  /** The status that it was answered with. */
  readonly status: number | undefined;
  /** The body of the refusal, with a validation for each place that is wrong. */
  readonly answer: AdminSchemas["Response"] | undefined;

  constructor(message: string, { code, call, status, answer, cause }: MockErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.call = call;
    this.status = status;
    this.answer = answer;
  }
}

const codes: Readonly<Record<number, MockErrorCode>> = {
  400: "bad-request",
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  408: "timeout",
  409: "conflict",
  413: "too-large",
  429: "no-room",
  500: "bug",
  503: "stopping",
};

const advice: Partial<Readonly<Record<MockErrorCode, string>>> = {
  unauthorized: "Pass it as connectMockServer(url, { adminToken }).",
  bug: 'The mock says more about it with logLevel: "error".',
  "no-room": "Flags of the command line are options of startMockServer by the names worldTtl and maxWorlds.",
};

/** What a mock says of a call that it does not have. */
const noRoute = "Route not found.";

/** What a refusal of the admin API is thrown as. */
export function refusalError(
  call: string,
  status: number,
  answer: AdminSchemas["Response"] | undefined,
): MockError {
  const code = codes[status];
  if (code === undefined || answer === undefined) {
    const said = `${call} was answered with ${status} by something that is no admin API of a mock.`;
    return new MockError(`${said} Is the address right?`, { code: "unexpected-answer", call, status });
  }
  const { message, detail, validations = [] } = answer;
  if (code === "not-found" && message === noRoute) {
    const said = `${call} is not there: the mock was started with noAdmin, on the command line --no-admin, which leaves nothing to steer with, or is of another version. Start it without, and as the version that is installed here.`;
    return new MockError(said, { code, call, status, answer });
  }
  const parts = [`${call} was refused with ${status}: ${message}`, detail, advice[code]];
  const places = validations.map((validation) => `\n  ${validation.field}: ${validation.detail}`);
  const text = parts.filter((part) => part !== undefined).join(" ");
  return new MockError(`${text}${places.join("")}`, { code, call, status, answer });
}
