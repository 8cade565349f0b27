export { MockError, type MockErrorCode } from "./client/mock-error.ts";
export type { MockServer, NewWorldOptions } from "./client/mock-server.ts";
export type { MockWorld } from "./client/mock-world.ts";
export type { TaskHandle } from "./client/task-handle.ts";
export { createFetchMock } from "./runtime/embedding/create-fetch-mock.ts";
export type { FetchMock } from "./runtime/embedding/fetch-mock.ts";
export type { FetchMockOptions } from "./runtime/embedding/fetch-mock-options.ts";
