import { describe, expect, it } from "vitest";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { startTestMock } from "../support/test-mock.ts";

const contracts = revisions.flatMap((revision) => profiles.map((profile) => ({ revision, profile })));
const api = "/api/v2";

describe("a workspace", () => {
  it.each(contracts)("has the contract's shapes in every state ($revision, $profile)", async (contract) => {
    const mock = await startTestMock({ scenario: "every-status", ...contract });
    const workspaces = [...mock.mock.host.world.tables.workspaces.values()];
    expect(workspaces.length).toBeGreaterThan(5);
    for (const { id, builds } of workspaces) {
      const workspace = await mock.ask("GET", `${api}/workspaces/${id}?include_deleted=true`);
      expect([workspace.status, workspace.text]).toEqual([200, expect.any(String)]);
      const listed = await mock.ask("GET", `${api}/workspaces/${id}/builds`);
      expect(listed.body.map((build: { id: string }) => build.id)).toEqual(
        builds.map((b) => b.id).toReversed(),
      );
      const last = listed.body[0];
      expect(workspace.body.latest_build).toEqual(last);
      expect((await mock.ask("GET", `${api}/workspacebuilds/${last.id}`)).body).toEqual(last);
    }
  });
});
