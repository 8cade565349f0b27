import { isMember } from "../../domain/access.ts";
import { byteLength } from "../../domain/byte-length.ts";
import type { Template, TemplateVersion, User } from "../../domain/directory.ts";
import { longestName, nameComplaint } from "../../domain/task-name.ts";
import type { Directory } from "../build/build-directory.ts";
import { presetNamed, versionNamed } from "../build/explicit-builds.ts";
import { type Complaint, type FindingList, quoted } from "../finding-list.ts";
import type { Located } from "../fixtures.ts";
import { suggestion } from "../nearest-name.ts";
import type { ScenarioParts } from "../read-document.ts";
import type { BuildRecord, TaskRecord } from "../scenario-document.ts";
import { behaviourComplaints } from "./check-behaviour.ts";

/** What references are looked up in. */
export interface Known {
  readonly parts: ScenarioParts;
  readonly directory: Directory;
  readonly usernames: readonly string[];
  /** Template names, and `organization/name` of each. */
  readonly templates: readonly string[];
  /** Template names that several organizations have. */
  readonly ambiguous: ReadonlySet<string>;
}

/** Checks a task's names and whatever it refers to by name. */
export function checkTaskReferences(task: Located<TaskRecord>, known: Known, list: FindingList): void {
  for (const complaint of complaints(task.value, known)) list.add(task, complaint);
}

/** The same for the part of a task that is in shape: what it names is looked up, what it lacks is not asked for. */
export function checkBrokenTask(task: Located<Partial<TaskRecord>>, known: Known, list: FindingList): void {
  const { name, owner, template } = task.value;
  const complaints = [
    ...(name === undefined ? [] : nameComplaints({ name }, false)),
    ...(owner === undefined ? [] : userComplaints(owner, ["owner"], known)),
    ...(template === undefined ? [] : templateComplaints({ template }, known)),
  ];
  for (const complaint of complaints) list.add(task, complaint);
}

function* complaints(record: TaskRecord, known: Known): Generator<Complaint> {
  yield* nameComplaints(record, known.parts.head.exported === true);
  const owner = yield* userComplaints(record.owner, ["owner"], known);
  const template = yield* templateComplaints(record, known);
  if (owner !== undefined && template !== undefined && !isMember(owner, template.organizationId)) {
    const organization =
      known.directory.context.tables.organizations.get(template.organizationId)?.name ?? "";
    yield {
      at: ["owner"],
      message: `${quoted(record.owner)} is no member of ${quoted(organization)}, to which the template belongs`,
      expected: "an owner who is a member of the template's organization",
    };
  }
  if (template !== undefined) yield* versionComplaints(record, template);
  if (template !== undefined) yield* buildComplaints(record, template, known);
  for (const [index, username] of (record.shared_with ?? []).entries()) {
    yield* sharingComplaints({ username, owner, template }, ["shared_with", index], known);
  }
  yield* transcriptComplaints(record, known);
  yield* behaviourComplaints(record.behaviour, known.parts);
}

const longestDisplayName = 64;

/** A name that keeps to the rule and is close to one that does not. */
function mendedName(name: string): string {
  const words = name.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  const mended = words.join("-").slice(0, longestName).replace(/-$/, "");
  return `a name such as ${quoted(nameComplaint(mended) === undefined ? mended : `task-${mended || "1"}`)}`;
}

function* nameComplaints(
  record: Pick<TaskRecord, "name" | "workspace" | "display_name">,
  isExported: boolean,
): Generator<Complaint> {
  const complaint = nameComplaint(record.name);
  if (complaint !== undefined) {
    yield {
      at: ["name"],
      message: `the name ${quoted(record.name)} ${complaint}`,
      expected: mendedName(record.name),
    };
  }
  const workspaceName = record.workspace?.name;
  const other = workspaceName === undefined ? undefined : nameComplaint(workspaceName);
  if (other !== undefined) {
    yield {
      at: ["workspace", "name"],
      message: `the name ${quoted(workspaceName ?? "")} ${other}`,
      expected: mendedName(workspaceName ?? ""),
    };
  }
  if (!isExported && byteLength(record.display_name?.trim() ?? "") > longestDisplayName) {
    yield {
      at: ["display_name"],
      message: "the display name is longer than the API takes",
      expected: `at most ${longestDisplayName} bytes`,
    };
  }
}

function* userComplaints(
  username: string,
  at: Complaint["at"],
  { directory, usernames, parts }: Known,
): Generator<Complaint, User | undefined> {
  const user = directory.context.tables.userNamed(username);
  if (user === undefined && !parts.misshapen.has(`users/${username}`) && !isListed(parts, username)) {
    yield { at, message: `there is no user ${quoted(username)}`, expected: suggestion(username, usernames) };
  }
  return user;
}

/** A user with mistakes of its own is there all the same. */
function isListed({ users }: ScenarioParts, username: string): boolean {
  return users.some(({ value }) => value.username.toLowerCase() === username.toLowerCase());
}

function* templateComplaints(
  { template: reference }: Pick<TaskRecord, "template">,
  { parts, directory, templates, ambiguous }: Known,
): Generator<Complaint, Template | undefined> {
  if (ambiguous.has(reference)) {
    yield {
      at: ["template"],
      message: `several organizations have a template ${quoted(reference)}`,
      expected: `the organization before it, such as ${quoted(templates.find((one) => one.endsWith(`/${reference}`)) ?? "")}`,
    };
    return undefined;
  }
  if (templates.includes(reference)) return directory.template(reference);
  const isThere = parts.templates.some(
    ({ value }) => reference === value.name || reference === `${value.organization}/${value.name}`,
  );
  if (!isThere && !parts.misshapen.has(`templates/${reference}`)) {
    yield {
      at: ["template"],
      message: `there is no template ${quoted(reference)}`,
      expected: suggestion(
        reference,
        templates.filter((name) => !name.includes("/")),
      ),
    };
  }
  return undefined;
}

function* versionComplaints(record: TaskRecord, template: Template): Generator<Complaint> {
  const version =
    record.version === undefined
      ? template.versions.find(({ id }) => id === template.activeVersionId)
      : versionNamed(template, record.version);
  if (version === undefined) {
    yield unknownVersion(record.version ?? "", template, ["version"]);
    return;
  }
  const at = record.version === undefined ? ["template"] : ["version"];
  const named = `version ${quoted(version.name)} of ${quoted(template.name)}`;
  if (!version.hasAiTask) {
    yield { at, message: `${named} has no AI task`, expected: "a version from which tasks can be made" };
  }
  if (version.importStatus !== "succeeded") {
    yield {
      at,
      message: `${named} cannot be built: its import is ${version.importStatus}`,
      expected: "a version whose import succeeded",
    };
  }
  if (record.preset !== undefined && record.preset !== null) {
    yield* presetComplaints(record.preset, { template, version, at: ["preset"] });
  }
}

function* presetComplaints(
  preset: string,
  { template, version, at }: { template: Template; version: TemplateVersion; at: Complaint["at"] },
): Generator<Complaint> {
  if (presetNamed({ template, version }, preset) !== undefined) return;
  yield {
    at,
    message: `version ${quoted(version.name)} of ${quoted(template.name)} has no preset ${quoted(preset)}`,
    expected: suggestion(
      preset,
      version.presets.map(({ name }) => name),
    ),
  };
}

function unknownVersion(reference: string, template: Template, at: Complaint["at"]): Complaint {
  return {
    at,
    message: `${quoted(template.name)} has no version ${quoted(reference)}`,
    expected: suggestion(
      reference,
      template.versions.map(({ name }) => name),
    ),
  };
}

function* buildComplaints(record: TaskRecord, template: Template, known: Known): Generator<Complaint> {
  for (const [index, build] of (record.builds ?? []).entries()) {
    const at = ["builds", index];
    if (build.initiator !== undefined) yield* userComplaints(build.initiator, [...at, "initiator"], known);
    yield* buildVersionComplaints(build, { at, template, inherited: record.version });
  }
}

function* buildVersionComplaints(
  build: BuildRecord,
  { at, template, inherited }: { at: Complaint["at"]; template: Template; inherited: string | undefined },
): Generator<Complaint> {
  const version = versionNamed(template, build.version ?? inherited ?? template.activeVersionId);
  if (version === undefined) {
    if (build.version !== undefined) yield unknownVersion(build.version, template, [...at, "version"]);
  } else if (typeof build.preset === "string") {
    yield* presetComplaints(build.preset, { template, version, at: [...at, "preset"] });
  }
}

function* sharingComplaints(
  {
    username,
    owner,
    template,
  }: { username: string; owner: User | undefined; template: Template | undefined },
  at: Complaint["at"],
  known: Known,
): Generator<Complaint> {
  const user = yield* userComplaints(username, at, known);
  if (user === undefined) return;
  if (user.id === owner?.id) {
    yield { at, message: `${quoted(username)} is the owner already`, expected: "other members" };
  } else if (template !== undefined && !isMember(user, template.organizationId)) {
    yield {
      at,
      message: `${quoted(username)} is no member of the task's organization`,
      expected: "members of the organization that the template belongs to",
    };
  }
}

function* transcriptComplaints({ transcript }: TaskRecord, { parts }: Known): Generator<Complaint> {
  if (transcript === undefined || parts.transcripts.has(transcript)) return;
  if (parts.misshapen.has(`transcripts/${transcript}`)) return;
  yield {
    at: ["transcript"],
    message: `there is no transcript ${quoted(transcript)}`,
    expected: suggestion(transcript, [...parts.transcripts.keys()]),
  };
}
