import { beforeAll, describe, expect, it } from "vitest";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { documents } from "../support/assets.ts";
import { methods } from "../support/http-client.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

const contracts = revisions.flatMap((revision) => profiles.map((profile) => ({ revision, profile })));

/** The paths of a contract with what stands in them, and the methods that each documents. */
function pathsOf({
  revision,
  profile,
}: (typeof contracts)[number]): readonly (readonly [string, readonly string[]])[] {
  const { paths } = JSON.parse(JSON.stringify(documents.contract(revision, profile)));
  return Object.entries<Record<string, unknown>>(paths).map(([path, item]) => [
    path.replace("{user}", "me").replace("{task}", "3157dacb-2381-4837-a195-9460dc7969b8"),
    methods.filter((method) => Object.hasOwn(item, method.toLowerCase())),
  ]);
}

describe.each(contracts)(
  "in $revision $profile a known path with a method that it does not have",
  (contract) => {
    let on: TestMock;
    beforeAll(async () => {
      on = await startTestMock(contract);
    });

    it.each(pathsOf(contract))("%s answers 405 without a body and allows %j", async (path, documented) => {
      expect(documented.length).toBeGreaterThan(0);
      for (const method of methods.filter((candidate) => !documented.includes(candidate))) {
        const response = await on.ask(method, `/api/v2${path}`);
        expect([method, response.status, outcomeOf(response)]).toEqual([method, 405, "no-match"]);
        expect(response.headers["allow"]).toBe([...documented].sort().join(", "));
        expect(response.text ?? "").toBe("");
      }
    });
  },
);
