import { describe, expect, it, test } from "vitest";
import { canManage, canReadUser } from "../../src/domain/access.ts";
import { type AuthorizationObject, isAllowed } from "../../src/domain/authorize.ts";
import type { SiteRole, User } from "../../src/domain/directory.ts";
import { resourceTypes } from "../../src/domain/permissions.ts";
import { allWho, elsewhere, organization, users } from "../support/world-builder.ts";

function withRole(role: SiteRole): User {
  return { ...users.member, roles: [role] };
}

/** By a letter each; all are members of one organization. */
const callers: readonly (readonly [letter: string, caller: User])[] = [
  ["O", withRole("owner")],
  ["U", withRole("user-admin")],
  ["T", withRole("template-admin")],
  ["A", withRole("auditor")],
  ["G", users.orgAdmin],
  ["M", users.member],
];

const everybody = "OUTAGM";
const here = organization.id;
const there = elsewhere.id;
const own = "own";

type Question = readonly [
  type: string,
  action: string,
  where: Omit<AuthorizationObject, "type">,
  yes: string,
];

/** What pages ask, and who gets a yes: owner, user admin, template admin, auditor, organization admin, member. */
const questions: readonly Question[] = [
  ["user", "read", {}, "OU"],
  ["user", "create", {}, "OU"],
  ["user", "update", {}, "OU"],
  ["user", "update_personal", { ownerId: own }, everybody],
  ["user", "delete", { ownerId: own }, "OU"],
  ["template", "create", { anyOrganization: true }, "OTG"],
  ["template", "update", { anyOrganization: true }, "OTG"],
  ["template", "update", { organizationId: here }, "OTG"],
  ["template", "update", { organizationId: there }, "OT"],
  ["template", "view_insights", { organizationId: here }, "OTAG"],
  ["deployment_config", "read", {}, "OA"],
  ["deployment_config", "update", {}, "O"],
  ["deployment_stats", "read", {}, "OA"],
  ["audit_log", "read", {}, "OA"],
  ["audit_log", "read", { anyOrganization: true }, "OAG"],
  ["debug_info", "read", {}, "O"],
  ["license", "read", {}, "O"],
  ["workspace_proxy", "read", {}, everybody],
  ["workspace_proxy", "create", {}, "O"],
  ["organization", "create", {}, "O"],
  ["organization", "read", { organizationId: here }, everybody],
  ["organization", "read", { organizationId: there }, "OUTA"],
  ["organization", "update", { organizationId: here }, "OG"],
  ["organization_member", "read", { organizationId: here }, "OUTAG"],
  ["organization_member", "update", { anyOrganization: true }, "OUG"],
  ["group", "create", { organizationId: here }, "OUG"],
  ["assign_org_role", "assign", { anyOrganization: true }, "OUG"],
  ["notification_template", "read", {}, "O"],
  ["api_key", "create", { ownerId: own }, everybody],
  ["inbox_notification", "read", { ownerId: own }, everybody],
  ["workspace", "create", { ownerId: own, organizationId: here }, everybody],
  ["workspace", "create", { ownerId: own, organizationId: there }, "O"],
  ["workspace", "create", { organizationId: here }, "OG"],
  ["workspace", "ssh", { organizationId: here, ownerId: users.colleague.id }, "O"],
  ["task", "create", { ownerId: own, organizationId: here }, everybody],
  ["task", "read", { organizationId: here, ownerId: users.colleague.id }, "OG"],
  ["user_secret", "read", { ownerId: own }, everybody],
  ["user_secret", "read", { ownerId: users.colleague.id }, ""],
  ["spaceship", "read", {}, ""],
  ["workspace", "", {}, "O"],
];

describe("who may do what", () => {
  test.each(questions)("%s %s %j: %s", (type, action, { ownerId, ...where }, yes) => {
    const said = callers.filter(([, caller]) =>
      isAllowed(caller, action, { type, ...where, ownerId: ownerId === own ? caller.id : ownerId }),
    );
    expect(said.map(([letter]) => letter).join("")).toBe(yes);
  });

  it("is more for an owner than for anybody else, but for what is somebody's alone", () => {
    const types = resourceTypes.filter((type) => type !== "user_secret");
    expect(types.filter((type) => !isAllowed(users.siteOwner, "read", { type }))).toEqual([]);
  });
});

describe("the tables agree with what operations let callers do", () => {
  const pairs = allWho.flatMap((caller) => allWho.map((owner) => [caller, owner] as const));

  test.each(["workspace", "task"])("to a %s", (type) => {
    const unlike = pairs.filter(([caller, owner]) => {
      const { id: ownerId, memberships } = users[owner];
      const owned = { ownerId, organizationId: memberships[0]?.organizationId ?? here };
      return ["read", "start", "stop", "delete"].some(
        (action) => isAllowed(users[caller], action, { type, ...owned }) !== canManage(users[caller], owned),
      );
    });
    expect(unlike).toEqual([]);
  });

  it("and never show a user whom the operations hide", () => {
    const shown = pairs.filter(([caller, owner]) =>
      isAllowed(users[caller], "read", { type: "user", ownerId: users[owner].id }),
    );
    expect(shown.filter(([caller, owner]) => !canReadUser(users[caller], users[owner]))).toEqual([]);
  });
});
