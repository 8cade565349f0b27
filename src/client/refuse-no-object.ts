import { isJsonObject } from "../contract/json.ts";
import { MockError, type MockErrorCode } from "./mock-error.ts";

/** Throws for options that are none: types do not keep everybody from them. */
export function refuseNoObject(options: unknown, call: string, code: MockErrorCode = "bad-call"): void {
  if (isJsonObject(options)) return;
  const received = Array.isArray(options) ? "a list" : (JSON.stringify(options) ?? typeof options);
  throw new MockError(`${call} takes an object with options, not ${received}.`, { code });
}
