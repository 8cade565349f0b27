import type { Instant } from "../../domain/instant.ts";
import { statedTokens } from "../build/build-directory.ts";
import { type FindingList, quoted } from "../finding-list.ts";
import type { Located } from "../fixtures.ts";
import { suggestion } from "../nearest-name.ts";
import { defaultUsername, type ScenarioParts } from "../read-document.ts";
import type { OrganizationRecord, UserRecord } from "../scenario-document.ts";
import type { TemplateRecord } from "../template-document.ts";
import { behaviourComplaints } from "./check-behaviour.ts";
import { checkMoments } from "./check-moments.ts";
import { versionComplaints } from "./check-version.ts";

/** The records that can be built upon: nothing is wrong with them. */
export interface SoundDirectory {
  readonly organizations: readonly Located<OrganizationRecord>[];
  readonly users: readonly Located<UserRecord>[];
  readonly templates: readonly Located<TemplateRecord>[];
}

/** Checks organizations, users and templates against each other. */
export function checkDirectory(parts: ScenarioParts, start: Instant, list: FindingList): SoundDirectory {
  for (const record of [...parts.organizations, ...parts.users, ...parts.templates]) {
    checkMoments(record, start, list);
  }
  checkOrganizations(parts, list);
  checkUsers(parts, list);
  checkTemplates(parts, list);
  checkDefaultUser(parts, list);
  const organizations = parts.organizations.filter((record) => list.isSound(record));
  const known = new Set(organizations.map(({ value }) => value.name));
  return {
    organizations,
    users: parts.users.filter(
      (one) => list.isSound(one) && organizationsOf(one.value).every((name) => known.has(name)),
    ),
    templates: parts.templates.filter((one) => list.isSound(one) && known.has(one.value.organization)),
  };
}

/** Complains about each record whose key another one had before. */
export function checkUnique<Row>(
  records: readonly Located<Row>[],
  {
    keyOf,
    at,
    expected,
  }: { keyOf: (row: Row) => string | undefined; at: readonly string[]; expected: string },
  list: FindingList,
): void {
  const seen = new Set<string>();
  for (const record of records) {
    const key = keyOf(record.value);
    if (key === undefined) continue;
    if (seen.has(key)) {
      list.add(record, { at, message: `${quoted(key)} is used twice`, expected });
    }
    seen.add(key);
  }
}

function checkOrganizations({ organizations }: ScenarioParts, list: FindingList): void {
  checkUnique(
    organizations,
    { keyOf: ({ name }) => name.toLowerCase(), at: ["name"], expected: "a name of its own" },
    list,
  );
  const isDefault = organizations.filter(({ value }) => value.default === true);
  for (const record of isDefault.slice(1)) {
    list.add(record, {
      at: ["default"],
      message: `${quoted(record.value.name)} is a second default organization`,
      expected: "one default organization at most",
    });
  }
}

function checkUsers(parts: ScenarioParts, list: FindingList): void {
  const { users } = parts;
  checkUnique(
    users,
    { keyOf: ({ username }) => username.toLowerCase(), at: ["username"], expected: "a username of its own" },
    list,
  );
  checkUnique(
    users,
    {
      keyOf: ({ github_user_id: id }) => id?.toString(),
      at: ["github_user_id"],
      expected: "a number of its own",
    },
    list,
  );
  for (const user of users) {
    if (!list.isFull) checkMemberships(user, parts, list);
  }
  checkTokens(users, list);
}

function checkMemberships(user: Located<UserRecord>, parts: ScenarioParts, list: FindingList): void {
  const organizations = parts.organizations.map(({ value }) => value.name);
  for (const [index, name] of organizationsOf(user.value).entries()) {
    if (organizations.includes(name) || parts.misshapen.has(`organizations/${name}`)) continue;
    list.addUnfit(user, {
      at: ["organizations", index],
      message: `${quoted(user.value.username)} is a member of ${quoted(name)}, which this scenario does not have`,
      expected: `${quoted(name)} among the organizations, or a membership in ${suggestion(name, organizations)}`,
    });
  }
}

function checkTokens(users: readonly Located<UserRecord>[], list: FindingList): void {
  const seen = new Set<string>();
  for (const user of users) {
    for (const { token } of statedTokens(user.value)) {
      if (seen.has(token)) {
        list.add(user, {
          at: user.value.token === token ? ["token"] : ["tokens"],
          message: `the token ${quoted(token)} is used twice`,
          expected: "a token of its own for each user",
        });
      }
      seen.add(token);
    }
  }
}

function organizationsOf(user: UserRecord): readonly string[] {
  return (user.organizations ?? []).map((one) => (typeof one === "string" ? one : one.name));
}

function checkTemplates(parts: ScenarioParts, list: FindingList): void {
  const { templates } = parts;
  const organizations = parts.organizations.map(({ value }) => value.name);
  checkUnique(
    templates,
    {
      keyOf: ({ name, organization }) => `${organization}/${name}`.toLowerCase(),
      at: ["name"],
      expected: "a name of its own",
    },
    list,
  );
  for (const template of templates) {
    if (list.isFull) return;
    const { name, organization } = template.value;
    if (!organizations.includes(organization) && !parts.misshapen.has(`organizations/${organization}`)) {
      list.addUnfit(template, {
        at: ["organization"],
        message: `${quoted(name)} belongs to the organization ${quoted(organization)}, which this scenario does not have`,
        expected: `${quoted(organization)} among the organizations, or ${suggestion(organization, organizations)}`,
      });
    }
    for (const complaint of behaviourComplaints(template.value.behaviour, parts))
      list.add(template, complaint);
    checkVersions(template, list);
  }
}

function checkVersions(template: Located<TemplateRecord>, list: FindingList): void {
  const { versions = [{ name: "v1" }], active_version: active } = template.value;
  const names = versions.map(({ name }) => name);
  if (active !== undefined && !names.includes(active)) {
    list.add(template, {
      at: ["active_version"],
      message: `there is no version ${quoted(active)}`,
      expected: suggestion(active, names),
    });
  }
  for (const [index, version] of versions.entries()) {
    if (names.indexOf(version.name) < index) {
      list.add(template, {
        at: ["versions", index, "name"],
        message: `${quoted(version.name)} is used twice`,
        expected: "a name of its own for each version",
      });
    }
    for (const complaint of versionComplaints(version)) {
      list.add(template, { ...complaint, at: ["versions", index, ...complaint.at] });
    }
  }
}

function checkDefaultUser(parts: ScenarioParts, list: FindingList): void {
  const name = defaultUsername(parts);
  if (name === undefined || parts.misshapen.has(`users/${name}`)) return;
  const whole: Located<unknown> = { value: parts.source, source: parts.source, pointer: "" };
  const user = parts.users.find(({ value }) => value.username.toLowerCase() === name.toLowerCase());
  if (user === undefined) {
    const known = parts.users.map(({ value }) => value.username);
    list.add(whole, {
      at: ["default_user"],
      message: `there is no user ${quoted(name)}`,
      expected: suggestion(name, known),
    });
  } else if (user.value.status === "suspended") {
    list.add(whole, {
      at: ["default_user"],
      message: `${quoted(name)} is suspended and cannot sign in`,
      expected: "an active user",
    });
  }
}
