import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

/** A mock that serves the scenario of the given text, from a file as a user's own. */
export async function mockOf(text: string, flags: { readonly seed?: string } = {}): Promise<TestMock> {
  const folder = await mkdtemp(join(tmpdir(), "outcomes-"));
  const file = join(folder, "outcomes.yaml");
  await writeFile(file, text);
  const mock = await startTestMock({ scenario: file, ...flags });
  await rm(folder, { recursive: true });
  return mock;
}

/** Makes a task from a template, and gives its id. */
export async function create(
  mock: TestMock,
  name: string,
  template: string,
  input = "Go on.",
): Promise<string> {
  const body = { template_version_id: mock.version(template).id, name, input };
  const { status, body: task } = await mock.ask("POST", "/tasks/me", { body });
  expect(status).toBe(201);
  return task.id;
}
