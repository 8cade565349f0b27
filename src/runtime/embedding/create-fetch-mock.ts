import type { FetchMock } from "./fetch-mock.ts";
import type { FetchMockOptions } from "./fetch-mock-options.ts";
import { openFetchMock } from "./open-fetch-mock.ts";

/**
 * Makes a mock that answers requests without a server: silent, and whatever the environment says. Throws a `MockError` with code
 * `start` for what its user can mend.
 */
export function createFetchMock(options: FetchMockOptions = {}): Promise<FetchMock> {
  return openFetchMock(options);
}
