import { type AdminSchemas, connectMockServer, type MockServer, startMockServer } from "coder-tasks-mock";
import { createFetchMock, type FetchMock, type FetchMockOptions, MockError } from "coder-tasks-mock/fetch";

// What users write, compiled against the installed archive.

const options: FetchMockOptions = { scenario: "empty", seed: 7, url: new URL("https://coder.example") };

export async function withoutServer(): Promise<AdminSchemas["TaskStatus"]> {
  await using mock: FetchMock = await createFetchMock(options);
  const handler = ({ request }: { readonly request: Request }): Promise<Response> => mock.fetch(request);
  const { status } = await handler({ request: new Request(`${mock.url}/api/v2/tasks`) });
  if (status !== 401) throw new MockError("A stranger got in.", { code: "expectation" });
  const through: MockServer = await connectMockServer(mock.url, {
    adminToken: mock.adminToken,
    fetch: mock.fetch,
  });
  const task = await through.task("dark-mode").get();
  return task.status;
}

export async function withServer(): Promise<string> {
  await using mock = await startMockServer({ scenario: "empty" });
  return mock.url;
}

export async function mistakes(): Promise<void> {
  // @ts-expect-error: it listens nowhere.
  await createFetchMock({ port: 8080 });
  const mock = await createFetchMock();
  // @ts-expect-error: it has no application.
  mock.app;
}
