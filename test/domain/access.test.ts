import { describe, expect, it } from "vitest";
import {
  canCreateFor,
  canManage,
  canRead,
  canReadOrganization,
  canReadUser,
} from "../../src/domain/access.ts";
import {
  active,
  allWho,
  buildWorld,
  elsewhere,
  organization,
  placeTask,
  users,
  type Who,
} from "../support/world-builder.ts";

function allowed(check: (who: Who) => boolean): readonly Who[] {
  return allWho.filter((who) => who !== "suspended" && who !== "dormant" && check(who));
}

describe("the right to a member's task", () => {
  const { task, workspace } = placeTask(buildWorld(), active);

  it("to see it belongs to the owner, the site's owners and the organization's admins", () => {
    expect(allowed((who) => canRead(users[who], task, workspace))).toEqual([
      "member",
      "siteOwner",
      "orgAdmin",
    ]);
  });

  it("to change it belongs to the same", () => {
    expect(allowed((who) => canManage(users[who], task))).toEqual(["member", "siteOwner", "orgAdmin"]);
  });

  it("to see it comes with sharing, to change it does not", () => {
    const shared = { ...workspace, sharedWith: [users.colleague.id] };

    expect(canRead(users.colleague, task, shared)).toBe(true);
    expect(canManage(users.colleague, task)).toBe(false);
  });

  it("to make one for him belongs to the same", () => {
    expect(allowed((who) => canCreateFor(users[who], users.member, organization.id))).toEqual([
      "member",
      "siteOwner",
      "orgAdmin",
    ]);
  });
});

describe("the right to see a user", () => {
  it.each<[Who, readonly Who[]]>([
    ["member", ["member", "siteOwner", "userAdmin", "orgAdmin"]],
    ["siteOwner", ["siteOwner", "userAdmin", "orgAdmin"]],
    ["outsider", ["siteOwner", "userAdmin", "outsider", "outsideAdmin"]],
  ])("%s: %j", (user, callers) => {
    expect(allowed((who) => canReadUser(users[who], users[user]))).toEqual(callers);
  });
});

describe("the right to see an organization", () => {
  it.each([
    [organization, ["outsider", "outsideAdmin"]],
    [elsewhere, ["member", "colleague", "orgAdmin"]],
  ])("is wanting only to people from outside without a site role", (one, refused) => {
    expect(allowed((who) => !canReadOrganization(users[who], one.id))).toEqual(refused);
  });
});
