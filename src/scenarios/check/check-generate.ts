import { type FindingList, quoted } from "../finding-list.ts";
import type { Located } from "../fixtures.ts";
import { belongsTo, isUsable } from "../generate-records.ts";
import { suggestion } from "../nearest-name.ts";
import type { ScenarioParts } from "../read-document.ts";
import type { GenerateRecord } from "../scenario-document.ts";

/** Checks what is to be generated: that there are templates to choose from and people to own the tasks. */
export function checkGenerate(parts: ScenarioParts, list: FindingList): void {
  const order = parts.head.generate;
  if (order === undefined) return;
  const record: Located<GenerateRecord> = { value: order, source: parts.source, pointer: "/generate" };
  checkNames(record, parts, list);
  const weights = Object.values(order.stages ?? { idle: 1 });
  if (weights.every((weight) => weight === 0)) {
    list.add(record, {
      at: ["stages"],
      message: "no stage has a weight above 0",
      expected: "at least one stage that may come about",
    });
  }
  if (list.isSound(record)) checkOwners(record, parts, list);
}

function checkNames(record: Located<GenerateRecord>, parts: ScenarioParts, list: FindingList): void {
  const { owners = [], templates = [] } = record.value;
  const usernames = parts.users.map(({ value }) => value.username);
  for (const [index, owner] of owners.entries()) {
    if (usernames.includes(owner) || parts.misshapen.has(`users/${owner}`)) continue;
    list.add(record, {
      at: ["owners", index],
      message: `there is no user ${quoted(owner)}`,
      expected: suggestion(owner, usernames),
    });
  }
  const known = parts.templates.flatMap(({ value }) => [value.name, `${value.organization}/${value.name}`]);
  for (const [index, template] of templates.entries()) {
    if (known.includes(template) || parts.misshapen.has(`templates/${template}`)) continue;
    list.add(record, {
      at: ["templates", index],
      message: `there is no template ${quoted(template)}`,
      expected: suggestion(
        template,
        known.filter((name) => !name.includes("/")),
      ),
    });
  }
}

function checkOwners(record: Located<GenerateRecord>, parts: ScenarioParts, list: FindingList): void {
  const { owners, templates, tasks, users = 0 } = record.value;
  const chosen = parts.templates
    .map(({ value }) => value)
    .filter((one) =>
      templates === undefined
        ? isUsable(one)
        : templates.includes(one.name) || templates.includes(`${one.organization}/${one.name}`),
    );
  if (chosen.length === 0 && tasks > 0) {
    list.add(record, {
      at: ["templates"],
      message: "there is no template from which a task can be made",
      expected: "at least one with an AI task that is neither deprecated nor deleted",
    });
  }
  const first = parts.organizations[0]?.value.name;
  for (const { name, organization } of chosen) {
    const hasOwner =
      (users > 0 && owners === undefined) ||
      parts.users.some(
        ({ value }) => belongsTo(value, organization, first) && (owners?.includes(value.username) ?? true),
      );
    if (hasOwner || tasks === 0) continue;
    list.add(record, {
      at: ["owners"],
      message: `nobody can own tasks of the template ${quoted(name)}`,
      expected: `at least one owner who is a member of ${quoted(organization)}`,
    });
  }
}
