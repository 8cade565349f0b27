import { describe, expect, it } from "vitest";
import { assets } from "../support/assets.ts";
import { findingsIn } from "./scenario-text.ts";

interface Broken {
  readonly title: string;
  readonly text: string;
  readonly findings: readonly string[];
}

const rows: readonly Broken[] = [
  {
    title: "an unknown key",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, promt: Hello }`,
    findings: [
      `sample.yaml:2:57 /tasks/0/promt the key "promt" is not known. Expected one of "name", "owner", "template", "id", "version", "preset", "prompt", "display_name", "created", "since", "deleted", "stage", … (did you mean "prompt"?).`,
    ],
  },
  {
    title: "a missing key",
    text: `tasks:
  - { name: a, template: web-agent }`,
    findings: [
      `sample.yaml:2:5 /tasks/0/owner the key "owner" is missing. Expected a task with the keys "name", "owner", "template".`,
    ],
  },
  {
    title: "a task with mistakes of every kind, all told at once",
    text: `tasks:
  - { name: a b, owner: olgo, template: web-agnet, stage: flying }`,
    findings: [
      `sample.yaml:2:59 /tasks/0/stage "flying" is not one of the known words. Expected one of "pending", "provisioning", "connecting", "connect-timeout", "starting", "app-starting", "active", "working", "idle", "complete", "failed", "build-failed", ….`,
      `sample.yaml:2:13 /tasks/0/name the name "a b" must be letters and digits in groups that single hyphens join. Expected a name such as "a-b".`,
      `sample.yaml:2:25 /tasks/0/owner there is no user "olgo". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "olga"?).`,
      `sample.yaml:2:41 /tasks/0/template there is no template "web-agnet". Expected one of "web-agent", "data-agent", "plain-linux" (did you mean "web-agent"?).`,
    ],
  },
  {
    title: "a wrong type",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, prompt: 5 }`,
    findings: ["sample.yaml:2:58 /tasks/0/prompt 5 is a number. Expected a text."],
  },
  {
    title: "a list in place of a record",
    text: `tasks: [a]`,
    findings: [`sample.yaml:1:9 /tasks/0 "a" is a text. Expected an object.`],
  },
  {
    title: "a document that is a list",
    text: `- name: a`,
    findings: [`sample.yaml:1:1 [{"name":"a"}] is a list. Expected an object.`],
  },
  {
    title: "an unknown stage",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: idel }`,
    findings: [
      `sample.yaml:2:57 /tasks/0/stage "idel" is not one of the known words. Expected one of "pending", "provisioning", "connecting", "connect-timeout", "starting", "app-starting", "active", "working", "idle", "complete", "failed", "build-failed", … (did you mean "idle"?).`,
    ],
  },
  {
    title: "a span without a unit",
    text: `durations: { queue: "5" }`,
    findings: [
      `sample.yaml:1:21 /durations/queue "5" cannot be read. Expected a span of time such as "500ms", "2s" or "1h30m", or a range of two such as "2s..5s".`,
    ],
  },
  {
    title: "a moment that cannot be read",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, created: yesterday }`,
    findings: [
      `sample.yaml:2:59 /tasks/0/created "yesterday" cannot be read. Expected a span before the start such as "2h", a span after it such as "in 30s", or an RFC 3339 instant such as "2026-02-02T09:00:00Z".`,
    ],
  },
  {
    title: "an unknown duration",
    text: `durations: { que: 5s }`,
    findings: [
      `sample.yaml:1:19 /durations/que the key "que" is not known. Expected one of "queue", "build", "connect", "startup", "app_start", "first_reply", "stop", "delete", "reply".`,
    ],
  },
  {
    title: "an id that is no uuid",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, id: "7" }`,
    findings: [
      `sample.yaml:2:54 /tasks/0/id "7" cannot be read. Expected a lower-case uuid such as "00000000-0000-4000-8000-000000000000".`,
    ],
  },
  {
    title: "a message that is neither a map nor sound",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    messages: [{ user: hi, agent: hello }]`,
    findings: [
      "sample.yaml:5:16 /tasks/0/messages/0 a message is either the user's or the agent's. Expected exactly one of the keys user and agent.",
    ],
  },
  {
    title: "a step without what it needs",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    due: [{ at: in 5s, step: agent }]`,
    findings: [
      `sample.yaml:5:11 /tasks/0/due/0/lifecycle the key "lifecycle" is missing. Expected an \`agent\` step with the keys "lifecycle".`,
    ],
  },
  {
    title: "an unknown owner",
    text: `tasks:
  - { name: a, owner: olgo, template: web-agent }`,
    findings: [
      `sample.yaml:2:23 /tasks/0/owner there is no user "olgo". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "olga"?).`,
    ],
  },
  {
    title: "an unknown template",
    text: `tasks:
  - { name: a, owner: olga, template: web-agnet }`,
    findings: [
      `sample.yaml:2:39 /tasks/0/template there is no template "web-agnet". Expected one of "web-agent", "data-agent", "plain-linux" (did you mean "web-agent"?).`,
    ],
  },
  {
    title: "an unknown version",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, version: v3 }`,
    findings: [
      `sample.yaml:2:59 /tasks/0/version "web-agent" has no version "v3". Expected one of "v1", "v2".`,
    ],
  },
  {
    title: "an unknown preset",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, preset: lage }`,
    findings: [
      `sample.yaml:2:58 /tasks/0/preset version "v2" of "web-agent" has no preset "lage". Expected one of "small", "large" (did you mean "large"?).`,
    ],
  },
  {
    title: "a preset of another version",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, version: v1, preset: large }`,
    findings: [
      `sample.yaml:2:71 /tasks/0/preset version "v1" of "web-agent" has no preset "large". Expected "small".`,
    ],
  },
  {
    title: "an unknown transcript",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, transcript: login-test }`,
    findings: [
      `sample.yaml:2:62 /tasks/0/transcript there is no transcript "login-test". Expected one of "login-tests", "queue-migration", "slow-report" (did you mean "login-tests"?).`,
    ],
  },
  {
    title: "an unknown fixture",
    text: `users: [olga, mateoo]
tasks: []`,
    findings: [
      `sample.yaml:1:15 /users/1 there is no fixture "mateoo" among the users. Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "mateo"?), or the whole record in its place.`,
    ],
  },
  {
    title: "an unknown organization of a user",
    text: `organizations: [harbor]
users: [{ username: kim, organizations: [harbour] }]`,
    findings: [
      `sample.yaml:2:42 /users/0/organizations/0 "kim" is a member of "harbour", which this scenario does not have. Expected "harbour" among the organizations, or a membership in "harbor" (did you mean "harbor"?).`,
    ],
  },
  {
    title: "a fixture user whose organization is left out",
    text: `organizations: [harbor]
users: [olga]
templates: []`,
    findings: [
      `sample.yaml:2:9 /users/0 "olga" is a member of "labs", which this scenario does not have. Expected "labs" among the organizations, or a membership in "harbor".`,
    ],
  },
  {
    title: "an unknown organization of a template",
    text: `templates: [{ name: t, organization: nowhere }]`,
    findings: [
      `sample.yaml:1:38 /templates/0/organization "t" belongs to the organization "nowhere", which this scenario does not have. Expected "nowhere" among the organizations, or one of "harbor", "labs".`,
    ],
  },
  {
    title: "an unknown active version",
    text: `templates: [{ name: t, organization: harbor, active_version: v9 }]`,
    findings: [`sample.yaml:1:62 /templates/0/active_version there is no version "v9". Expected "v1".`],
  },
  {
    title: "an unknown default user",
    text: `default_user: nobody`,
    findings: [
      `sample.yaml:1:15 /default_user there is no user "nobody". Expected one of "olga", "mateo", "priya", "ines", "tomasz".`,
    ],
  },
  {
    title: "a default user who cannot sign in",
    text: `organizations: [harbor]
users: [{ username: kim, status: suspended }]
default_user: kim`,
    findings: [
      `sample.yaml:3:15 /default_user "kim" is suspended and cannot sign in. Expected an active user.`,
    ],
  },
  {
    title: "an unknown guest",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, shared_with: [pria] }`,
    findings: [
      `sample.yaml:2:64 /tasks/0/shared_with/0 there is no user "pria". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "priya"?).`,
    ],
  },
  {
    title: "the owner as a guest",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, shared_with: [olga] }`,
    findings: [
      `sample.yaml:2:64 /tasks/0/shared_with/0 "olga" is the owner already. Expected other members.`,
    ],
  },
  {
    title: "an owner outside the template's organization",
    text: `templates: [web-agent, { name: toys, organization: labs }]
tasks:
  - { name: a, owner: priya, template: toys }`,
    findings: [
      `sample.yaml:3:23 /tasks/0/owner "priya" is no member of "labs", to which the template belongs. Expected an owner who is a member of the template's organization.`,
    ],
  },
  {
    title: "a template without an AI task",
    text: `tasks:
  - { name: a, owner: olga, template: plain-linux }`,
    findings: [
      `sample.yaml:2:39 /tasks/0/template version "v1" of "plain-linux" has no AI task. Expected a version from which tasks can be made.`,
    ],
  },
  {
    title: "a version that was never imported",
    text: `templates: [{ name: t, organization: harbor, versions: [{ name: v1, import: failed }] }]
tasks:
  - { name: a, owner: olga, template: t }`,
    findings: [
      `sample.yaml:3:39 /tasks/0/template version "v1" of "t" cannot be built: its import is failed. Expected a version whose import succeeded.`,
    ],
  },
  {
    title: "a template name that two organizations have",
    text: `templates: [{ name: t, organization: harbor }, { name: t, organization: labs }]
tasks:
  - { name: a, owner: olga, template: t }`,
    findings: [
      `sample.yaml:3:39 /tasks/0/template several organizations have a template "t". Expected the organization before it, such as "harbor/t".`,
    ],
  },
  {
    title: "a name that breaks the rule",
    text: `tasks:
  - { name: fix_it, owner: olga, template: web-agent }`,
    findings: [
      `sample.yaml:2:13 /tasks/0/name the name "fix_it" must be letters and digits in groups that single hyphens join. Expected a name such as "fix-it".`,
    ],
  },
  {
    title: "a reserved name",
    text: `tasks:
  - { name: new, owner: olga, template: web-agent }`,
    findings: [
      `sample.yaml:2:13 /tasks/0/name the name "new" must not be the reserved word "new". Expected a name such as "task-new".`,
    ],
  },
  {
    title: "a display name that is too long",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, display_name: 0123456789012345678901234567890123456789012345678901234567890123é }`,
    findings: [
      "sample.yaml:2:64 /tasks/0/display_name the display name is longer than the API takes. Expected at most 64 bytes.",
    ],
  },
  {
    title: "two tasks of one name",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent }
  - { name: A, owner: olga, template: web-agent }`,
    findings: [
      `sample.yaml:3:13 /tasks/1/name "olga/a" is used twice. Expected a name of its own among its owner's tasks.`,
    ],
  },
  {
    title: "two users of one name",
    text: `users: [{ username: kim }, { username: Kim }]`,
    findings: [`sample.yaml:1:40 /users/1/username "kim" is used twice. Expected a username of its own.`],
  },
  {
    title: "two users with one token",
    text: `users: [{ username: kim, token: secret }, { username: lee, tokens: [secret] }]`,
    findings: [
      `sample.yaml:1:68 /users/1/tokens the token "secret" is used twice. Expected a token of its own for each user.`,
    ],
  },
  {
    title: "two records with one id",
    text: `users:
  - { username: kim, id: 11111111-1111-4111-8111-111111111111 }
  - { username: lee, id: 11111111-1111-4111-8111-111111111111 }`,
    findings: [
      `sample.yaml:3:26 /users/1/id the id "11111111-1111-4111-8111-111111111111" is used twice. Expected an id of its own.`,
    ],
  },
  {
    title: "two default organizations",
    text: `organizations: [{ name: a, default: true }, { name: b, default: true }]
users: []
templates: []`,
    findings: [
      `sample.yaml:1:65 /organizations/1/default "b" is a second default organization. Expected one default organization at most.`,
    ],
  },
  {
    title: "two versions of one name",
    text: `templates: [{ name: t, organization: harbor, versions: [{ name: v1 }, { name: v1 }] }]`,
    findings: [
      `sample.yaml:1:79 /templates/0/versions/1/name "v1" is used twice. Expected a name of its own for each version.`,
    ],
  },
  {
    title: "two default presets",
    text: `templates:
  - name: t
    organization: harbor
    versions: [{ name: v1, presets: [{ name: a, default: true }, { name: b, default: true }] }]`,
    findings: [
      `sample.yaml:4:86 /templates/0/versions/0/presets/1/default "b" is a second default preset. Expected one default preset at most in a version.`,
    ],
  },
  {
    title: "parameters and services that do not go together",
    text: `templates:
  - name: x
    organization: harbor
    versions:
      - name: v1
        parameters:
          - { name: size, options: [{ value: small }, { value: large }], default: smal }
          - { name: cores, type: number, default: many }
          - { name: fast, type: bool, default: "true" }
          - { name: tags, type: list(string), default: "[1]" }
          - { name: size }
        presets: [{ name: a, parameters: [{ name: fast, value: "yes" }] }]
        external_auth: [{ provider: github }, { provider: github }]
tasks: []`,
    findings: [
      `sample.yaml:11:21 /templates/0/versions/0/parameters/4/name "size" is used twice. Expected a name of its own in the version.`,
      `sample.yaml:13:59 /templates/0/versions/0/external_auth/1/provider "github" is used twice. Expected a provider of its own in the version.`,
      `sample.yaml:7:83 /templates/0/versions/0/parameters/0/default "smal" is no option of the parameter "size". Expected one of "small", "large" (did you mean "small"?).`,
      `sample.yaml:8:51 /templates/0/versions/0/parameters/1/default "many" does not fit the parameter "cores". Expected a number.`,
      `sample.yaml:10:56 /templates/0/versions/0/parameters/3/default "[1]" does not fit the parameter "tags". Expected a JSON list of texts, such as ["a","b"].`,
      `sample.yaml:12:64 /templates/0/versions/0/presets/0/parameters/0/value "yes" does not fit the parameter "fast". Expected "true" or "false".`,
    ],
  },
  {
    title: "messages and a transcript",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, transcript: login-tests, messages: [] }`,
    findings: [
      "sample.yaml:2:62 /tasks/0/transcript a task has either messages or a transcript, not both. Expected one of the two.",
    ],
  },
  {
    title: "a stage and builds",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: idle, builds: [{ transition: start }] }`,
    findings: [
      `sample.yaml:2:57 /tasks/0/stage "stage" means nothing where the builds are spelled out. Expected either a stage or builds.`,
    ],
  },
  {
    title: "since in a stage that has none",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: pending, since: 1m }`,
    findings: [
      `sample.yaml:2:73 /tasks/0/since "since" means nothing in the stage "pending", which lasts from "created" on. Expected "created" only.`,
    ],
  },
  {
    title: "an error where no job failed",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: idle, error: Boom }`,
    findings: [
      `sample.yaml:2:70 /tasks/0/error no job has failed in the stage "idle". Expected an error with a stage such as build-failed only.`,
    ],
  },
  {
    title: "a workspace that is not there",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, workspace: null, reports: [{ state: idle }] }`,
    findings: [
      "sample.yaml:2:76 /tasks/0/reports a task without a workspace has no reports. Expected a workspace, or nothing that belongs to one.",
    ],
  },
  {
    title: "an agent before the job succeeded",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    builds:
      - { transition: start, job: running, agent: { lifecycle: created } }`,
    findings: [
      "sample.yaml:6:51 /tasks/0/builds/0/agent there is no agent while the job is running. Expected a job that succeeded, or no agent.",
    ],
  },
  {
    title: "an agent on a stop build",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    created: 2h
    builds:
      - { transition: start, created: 2h }
      - { transition: stop, created: 1h, agent: { lifecycle: ready } }`,
    findings: [
      "sample.yaml:8:49 /tasks/0/builds/1/agent a stop build starts no agent. Expected an agent on start builds only.",
    ],
  },
  {
    title: "an agent in a stage without one",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: pending, agent: { lifecycle: ready } }`,
    findings: [
      "sample.yaml:2:73 /tasks/0/agent there is no agent: the latest build has not started one. Expected a stage or build with an agent, or no agent.",
    ],
  },
  {
    title: "a healthy app of an agent that is only created",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: connecting, app: { health: healthy } }`,
    findings: [
      `sample.yaml:2:84 /tasks/0/app/health the app cannot be healthy while its agent is created. Expected the health "initializing", or an agent that is "ready".`,
    ],
  },
  {
    title: "a busy app of an agent that is only starting",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: starting, app: { busy: true } }`,
    findings: [
      `sample.yaml:2:80 /tasks/0/app/busy the app cannot be busy while its agent is starting. Expected an agent that is "ready".`,
    ],
  },
  {
    title: "an agent that is ready and still connecting",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, agent: { connection: connecting } }`,
    findings: [
      `sample.yaml:2:71 /tasks/0/agent/connection an agent that is ready has connected before. Expected the connection "connected" or "disconnected".`,
    ],
  },
  {
    title: "a failed job without an error",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, builds: [{ transition: start, job: failed }] }`,
    findings: [
      "sample.yaml:2:59 /tasks/0/builds/0/error a job that failed says why. Expected an error text.",
    ],
  },
  {
    title: "a successful job with an error",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, builds: [{ transition: start, error: Boom }] }`,
    findings: [
      "sample.yaml:2:87 /tasks/0/builds/0/error a job that is succeeded has no error. Expected an error text with a failed job only.",
    ],
  },
  {
    title: "build numbers that do not rise",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    created: 2h
    builds:
      - { transition: start, number: 2, created: 2h }
      - { transition: stop, number: 2, created: 1h }`,
    findings: [
      "sample.yaml:8:37 /tasks/0/builds/1/number build 2 comes after build 2. Expected numbers that rise.",
    ],
  },
  {
    title: "two active builds",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    created: 2h
    builds:
      - { transition: start, job: running, created: 2h, agent: null }
      - { transition: stop, job: pending, created: 1h }`,
    findings: [
      "sample.yaml:8:23 /tasks/0/builds/1/transition this build was made while the one before it was still running. Expected a build before it whose job has ended.",
    ],
  },
  {
    title: "a build after the workspace was deleted",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    created: 3h
    builds:
      - { transition: start, created: 3h }
      - { transition: delete, created: 2h }
      - { transition: start, created: 1h }`,
    findings: [
      "sample.yaml:9:23 /tasks/0/builds/2/transition nothing is built in a workspace after it was deleted. Expected the finished delete build to be the last.",
    ],
  },
  {
    title: "builds in the wrong order",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    created: 3h
    builds:
      - { transition: start, created: 2h }
      - { transition: stop, created: 3h }`,
    findings: [
      "sample.yaml:8:38 /tasks/0/builds/1/created this build was made before the one before it (2026-02-02T07:00:00Z). Expected builds with the oldest first.",
    ],
  },
  {
    title: "a stop build first",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, builds: [{ transition: stop }] }`,
    findings: [
      "sample.yaml:2:73 /tasks/0/builds/0/transition the first build of a workspace is a stop. Expected a start build first.",
    ],
  },
  {
    title: "a job that ended before it began",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    builds:
      - { transition: start, created: 1h, started: 50m, completed: 55m }`,
    findings: [
      `sample.yaml:6:52 /tasks/0/builds/0/started "started" (2026-02-02T08:10:00Z) comes after "completed". Expected an instant not after 2026-02-02T08:05:00Z.`,
    ],
  },
  {
    title: "an unknown initiator of a build",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    builds:
      - { transition: start, initiator: olgaa }`,
    findings: [
      `sample.yaml:6:41 /tasks/0/builds/0/initiator there is no user "olgaa". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "olga"?).`,
    ],
  },
  {
    title: "a task from the future",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, created: in 5m }`,
    findings: [
      "sample.yaml:2:59 /tasks/0/created the task was made in the future (2026-02-02T09:05:00Z). Expected an instant not after the start (2026-02-02T09:00:00Z).",
    ],
  },
  {
    title: "a snapshot from the future",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, snapshot: { at: in 5m } }`,
    findings: [
      "sample.yaml:2:66 /tasks/0/snapshot/at the snapshot was stored in the future (2026-02-02T09:05:00Z). Expected an instant not after the start (2026-02-02T09:00:00Z).",
    ],
  },
  {
    title: "a snapshot from before the task",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, created: 1h, snapshot: { at: 2h } }`,
    findings: [
      "sample.yaml:2:79 /tasks/0/snapshot/at the snapshot was stored before the task was made. Expected an instant not before 2026-02-02T08:00:00Z.",
    ],
  },
  {
    title: "a report from before the task",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, created: 1h, reports: [{ state: idle, at: 2h }] }`,
    findings: [
      "sample.yaml:2:92 /tasks/0/reports/0/at the agent reported before the task was made. Expected an instant not before 2026-02-02T08:00:00Z.",
    ],
  },
  {
    title: "reports in the wrong order",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    created: 1h
    reports: [{ state: idle, at: 10m }, { state: working, at: 20m }]`,
    findings: [
      "sample.yaml:6:63 /tasks/0/reports/1/at the report was made before the one before it. Expected an instant not before 2026-02-02T08:50:00Z.",
    ],
  },
  {
    title: "a report of a build that is not there",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, reports: [{ state: idle, build: 4 }] }`,
    findings: [
      "sample.yaml:2:82 /tasks/0/reports/0/build there is no build 4. Expected the number of a build: 1.",
    ],
  },
  {
    title: "a report where no agent has come up",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: build-failed, reports: [{ state: idle }] }`,
    findings: [
      "sample.yaml:2:80 /tasks/0/reports no agent has come up yet that could say anything. Expected a stage or build in which an agent has come up, or nothing said.",
    ],
  },
  {
    title: "messages in the wrong order",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    messages: [{ user: one, at: 30m }, { agent: two, at: 40m }]`,
    findings: [
      "sample.yaml:5:58 /tasks/0/messages/1/at the message was written before the one before it. Expected an instant not before 2026-02-02T08:30:00Z.",
    ],
  },
  {
    title: "message numbers that do not rise",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    messages: [{ user: one, id: 2 }, { agent: two, id: 2 }]`,
    findings: [
      "sample.yaml:5:56 /tasks/0/messages/1/id message 2 comes after message 2. Expected numbers that rise.",
    ],
  },
  {
    title: "a step in the past",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, due: [{ at: 5m, step: app-free }] }`,
    findings: [
      "sample.yaml:2:62 /tasks/0/due/0/at this step lies in the past. Expected an instant not before 2026-02-02T09:00:00Z.",
    ],
  },
  {
    title: "a step that cannot happen",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, due: [{ at: in 5m, step: job-running }] }`,
    findings: [
      `sample.yaml:2:75 /tasks/0/due/0/step "job-running" cannot happen: the job is running. Expected steps that follow from the latest build.`,
    ],
  },
  {
    title: "a day that no calendar has",
    text: `clock: { start: 2026-02-30T09:00:00Z }`,
    findings: [
      `sample.yaml:1:17 /clock/start "2026-02-30T09:00:00Z" is beyond the calendar. Expected a day that exists.`,
    ],
  },
  {
    title: "a moment that no calendar has",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, created: 2026-02-30T09:00:00Z }`,
    findings: [
      `sample.yaml:2:59 /tasks/0/created "2026-02-30T09:00:00Z" is beyond the calendar. Expected a day that exists, and a span of at most 100 years.`,
    ],
  },
  {
    title: "a span of a thousand years",
    text: `durations: { stop: 365250d }`,
    findings: [
      `sample.yaml:1:20 /durations/stop "365250d" is beyond the calendar. Expected a day that exists, and a span of at most 100 years.`,
    ],
  },
  {
    title: "generated tasks for nobody",
    text: `generate: { tasks: 5, owners: [olag] }`,
    findings: [
      `sample.yaml:1:32 /generate/owners/0 there is no user "olag". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "olga"?).`,
    ],
  },
  {
    title: "generated tasks without a stage",
    text: `generate: { tasks: 5, stages: { idle: 0 } }`,
    findings: [
      "sample.yaml:1:31 /generate/stages no stage has a weight above 0. Expected at least one stage that may come about.",
    ],
  },
  {
    title: "generated tasks without a template",
    text: `templates: [plain-linux]
generate: { tasks: 5 }`,
    findings: [
      "sample.yaml:2:11 /generate/templates there is no template from which a task can be made. Expected at least one with an AI task that is neither deprecated nor deleted.",
    ],
  },
  {
    title: "generated tasks that nobody can own",
    text: `templates: [{ name: t, organization: labs }]
generate: { tasks: 5, owners: [priya] }`,
    findings: [
      `sample.yaml:2:31 /generate/owners nobody can own tasks of the template "t". Expected at least one owner who is a member of "labs".`,
    ],
  },
  {
    title: "a wrong workspace name",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, workspace: { name: a--b } }`,
    findings: [
      `sample.yaml:2:69 /tasks/0/workspace/name the name "a--b" must be letters and digits in groups that single hyphens join. Expected a name such as "a-b".`,
    ],
  },
  {
    title: "a template whose organization is left out",
    text: `organizations: [{ name: solo }]
users: []
templates: [web-agent]`,
    findings: [
      `sample.yaml:3:13 /templates/0 "web-agent" belongs to the organization "harbor", which this scenario does not have. Expected "harbor" among the organizations, or "solo".`,
    ],
  },
  {
    title: "an unknown version of a build",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    builds: [{ transition: start, version: v7 }]`,
    findings: [
      `sample.yaml:5:44 /tasks/0/builds/0/version "web-agent" has no version "v7". Expected one of "v1", "v2".`,
    ],
  },
  {
    title: "steps in the wrong order",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    due: [{ at: in 9s, step: snapshot }, { at: in 5s, step: app-free }]`,
    findings: [
      "sample.yaml:5:48 /tasks/0/due/1/at this step comes before the one above it. Expected an instant not before 2026-02-02T09:00:09Z.",
    ],
  },
  {
    title: "a snapshot time that is none",
    text: `tasks:
  - name: a
    owner: olga
    template: web-agent
    snapshot: { messages: [{ role: user, content: hi, time: noon }] }`,
    findings: [
      `sample.yaml:5:61 /tasks/0/snapshot/messages/0/time "noon" is no instant. Expected an RFC 3339 instant.`,
    ],
  },
  {
    title: "two mistakes in one record and one in another",
    text: `default_user: olgo
tasks:
  - { name: a, owner: olga, template: web-agent, stage: 7, promt: hi }
  - { name: b_, owner: olgo, template: web-agnet }`,
    findings: [
      `sample.yaml:3:67 /tasks/0/promt the key "promt" is not known. Expected one of "name", "owner", "template", "id", "version", "preset", "prompt", "display_name", "created", "since", "deleted", "stage", … (did you mean "prompt"?).`,
      `sample.yaml:3:57 /tasks/0/stage 7 is not one of the known words. Expected one of "pending", "provisioning", "connecting", "connect-timeout", "starting", "app-starting", "active", "working", "idle", "complete", "failed", "build-failed", "build-canceling", "build-canceled", "start-error", "start-timeout", "shutting-down", "shutdown-timeout", "shutdown-error", "off", "disconnected", "unhealthy", "app-disabled", "no-app", "unreachable", "busy", "rejecting", "pausing", "stopping", "paused", "stop-failed", "stop-canceling", "stop-canceled", "resuming", "resumed", "delete-pending", "delete-running", "delete-failed", "delete-canceling", "delete-canceled", "workspace-deleted", "deleting", "no-workspace".`,
      `sample.yaml:1:15 /default_user there is no user "olgo". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "olga"?).`,
      `sample.yaml:4:13 /tasks/1/name the name "b_" must be letters and digits in groups that single hyphens join. Expected a name such as "b".`,
      `sample.yaml:4:24 /tasks/1/owner there is no user "olgo". Expected one of "olga", "mateo", "priya", "ines", "tomasz" (did you mean "olga"?).`,
      `sample.yaml:4:40 /tasks/1/template there is no template "web-agnet". Expected one of "web-agent", "data-agent", "plain-linux" (did you mean "web-agent"?).`,
    ],
  },
  {
    title: "a deleted task whose workspace stays",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, stage: idle, deleted: 5m }`,
    findings: [
      `sample.yaml:2:72 /tasks/0/deleted the task was deleted, but its workspace is not being deleted. Expected the stage "deleting", or a delete build as the last one.`,
    ],
  },
  {
    title: "two workspaces of one name",
    text: `tasks:
  - { name: a, owner: olga, template: web-agent, workspace: { name: w } }
  - { name: b, owner: olga, template: web-agent, workspace: { name: W } }`,
    findings: [
      `sample.yaml:3:69 /tasks/1/workspace/name "olga/w" is used twice. Expected a name of its own among its owner's workspaces.`,
    ],
  },
];

describe("a broken scenario", async () => {
  const { fixtures } = assets.library;

  it.each(rows)("is explained when it has $title", async ({ text, findings }) => {
    expect(await findingsIn(text, fixtures)).toEqual(findings);
  });
});
