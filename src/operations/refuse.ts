import type { Refusal, SessionComplaint } from "../domain/refusal.ts";
import type { RevisionRules } from "../domain/revision.ts";
import { type Envelope, type Reply, refused } from "./reply.ts";

type RefusalOf<Kind extends Refusal["kind"]> = Extract<Refusal, { kind: Kind }>;
type Wordings = {
  readonly [Kind in Refusal["kind"]]: (refusal: RefusalOf<Kind>, rules: RevisionRules) => Reply;
};

/** The answer to a refusal: status and envelope fields are the provider's, the words are ours (docs/errors.md). */
export function refuse<Kind extends Refusal["kind"]>(refusal: RefusalOf<Kind>, rules: RevisionRules): Reply {
  const wording: Wordings[Kind] = wordings[refusal.kind as Kind];
  return wording(refusal, rules);
}

const wordings: Wordings = {
  session: ({ complaint }) => signedOut(complaint),
  "inactive-user": () => say(401, "User is not active. Contact your system administrator."),
  "agent-token": ({ cause, length }) => {
    switch (cause) {
      case "missing":
        return say(401, 'Cookie "coder_session_token" must be provided.');
      case "format":
        return say(
          401,
          "Workspace agent token invalid.",
          `An agent token is a UUID; this one has length ${length}.`,
        );
      case "unknown":
        return say(
          401,
          "Workspace agent not authorized.",
          "No agent of a workspace's latest build, once complete, has this token.",
        );
    }
  },
  "unknown-user": ({ queried }) =>
    say(
      400,
      'User must be an existing uuid or username, or "me".',
      `queried user=${JSON.stringify(queried)}`,
    ),
  "not-found": () => say(404, "Resource not found or you do not have access to this resource"),
  "bad-uuid": ({ text }) =>
    say(400, `Invalid UUID ${JSON.stringify(text)}.`, "The path takes only ids here."),
  "unknown-after-id": ({ id }) =>
    say(400, `The list has no record with the "after_id" ${JSON.stringify(id)}.`),
  "bad-build-number": ({ text }) =>
    say(400, "Failed to parse the build number as an integer.", `${JSON.stringify(text)} is no integer.`),
  "workspace-deleted": ({ id }) =>
    say(410, `Workspace ${JSON.stringify(id)} was deleted. Ask with "?include_deleted=true" to see it.`),
  forbidden: () => say(403, "Forbidden.", "Your roles do not allow it."),
  "check-without-type": ({ name }) =>
    say(400, `The check ${JSON.stringify(name)} must say which "resource_type" its object has.`),
  "bad-resource-id": ({ id, unsupported }) => {
    const detail =
      unsupported === undefined
        ? "This is no UUID."
        : `Objects of type ${JSON.stringify(unsupported)} are not looked up by id.`;
    const message = `The resource ID ${JSON.stringify(id)} cannot be used.`;
    return refused(400, { message, validations: [{ field: "resource_id", detail }] });
  },
  "version-unfinished": ({ status }) =>
    say(412, "The import of the template version has not finished.", `Its job is ${status}.`),
  "body-unreadable": ({ detail }) => say(400, "Request body must be valid JSON.", detail),
  "template-version-not-found": () => say(400, "Template version not found or you do not have access to it."),
  "no-ai-task": ({ version }) =>
    say(
      400,
      `Template version "${version}" has no "coder_ai_task" resource, so no task can be made from it.`,
    ),
  "bad-name": ({ complaint }) =>
    say(400, "The provided name is not valid as a task name.", `The name ${complaint}.`),
  "display-name-too-long": () => say(400, "Display name must be 64 characters or less."),
  "template-forbidden": () =>
    say(403, "You do not have permission to create a workspace from this template."),
  "template-deprecated": ({ why }) =>
    say(400, "The template is deprecated and takes no new workspaces.", why),
  "template-version-archived": () =>
    say(500, "Internal error creating workspace.", "The template version is archived."),
  "template-import-unfinished": ({ status }) =>
    say(406, `The import of the template version is still ${status}. Try again once it is through.`),
  "template-import-failed": ({ status }) =>
    say(400, `The import of the template version has ${status}, so it cannot be built.`),
  "unknown-preset": () =>
    say(500, "Internal error creating workspace build.", "The template version has no preset with this id."),
  "name-taken": ({ name }) =>
    refused(409, {
      message: `Workspace ${JSON.stringify(name)} already exists.`,
      validations: [{ field: "name", detail: "This value is already in use and should be unique." }],
    }),
  "input-required": () => say(400, "Task input is required."),
  "not-paused": ({ status }) =>
    say(409, "Unable to update task input, the task must be paused.", `The task's status is "${status}".`),
  "cannot-send": ({ status }, rules) => cannotSend(status, rules),
  "no-app": () => say(400, "Task has no app to talk to."),
  "app-url-missing": () => say(500, "Task app has no URL."),
  "app-url-scheme": ({ scheme }) =>
    say(400, "Task app URL must be http or https.", `Its scheme is ${JSON.stringify(scheme)}.`),
  "app-unreachable": ({ what }) =>
    what === "status"
      ? say(502, "Failed to reach the task app.", "connect: connection refused")
      : say(502, "Failed to get messages from the task app.", "connect: connection refused"),
  "app-busy": (_, rules) => say(rules.sendBusy, "Task app is not ready to accept input.", "Status: running"),
  "app-refused": () => say(502, "Task app rejected the message.", "upstream answered 500"),
  "logs-not-available": ({ status }, rules) =>
    rules.logsFromSnapshot
      ? say(409, "Cannot fetch logs for the task in its present state.", `The task's status is "${status}".`)
      : say(400, "Task must be active.", `The task's status is "${status}".`),
  "snapshot-role": ({ role }) =>
    say(500, "Invalid snapshot data.", `A message has the unknown role ${JSON.stringify(role)}.`),
  "no-workspace": () => say(500, "Task does not have a workspace."),
  "build-active": () => say(409, "A workspace build is already active."),
  "build-forbidden": ({ transition }) =>
    say(403, `You do not have permission to ${transition} this workspace.`),
  "job-over": ({ how }) =>
    say(400, how === "completed" ? "Job has already completed." : "Job has already been marked as canceled."),
  "job-moved-on": ({ expected, status }) =>
    say(412, "Job is not in the expected state.", `It is ${status}, not ${expected}.`),
  "build-of-deleted": () => say(409, "The workspace was deleted, so nothing is built in it any more."),
  "version-of-other-template": ({ version }) =>
    say(400, `Template version ${JSON.stringify(version)} does not belong to the workspace's template.`),
  "bad-parameters": ({ complaints }) =>
    refused(400, { message: "Unable to validate parameters.", validations: complaints }),
  "bad-fields": ({ complaints }) => refused(400, { message: "Validation failed.", validations: complaints }),
  "already-running": ({ status }) =>
    say(409, "Task workspace is already running.", `The workspace's status is "${status}".`),
  "bad-search": ({ things, complaints }) =>
    refused(400, { message: `Invalid ${things} search query.`, validations: complaints }),
  "search-failed": ({ status }) =>
    say(
      500,
      "Internal error fetching tasks.",
      `invalid input value for enum task_status: ${JSON.stringify(status)}`,
    ),
  "bad-task-id": ({ text }) => say(400, "Invalid task ID.", `${JSON.stringify(text)} is not a UUID.`),
  "bad-query": ({ complaints }) =>
    refused(400, { message: "Invalid query parameters.", validations: complaints }),
  "bad-format": ({ format }) =>
    say(
      400,
      "Invalid format parameter.",
      `The only snapshot format is "agentapi", not ${JSON.stringify(format)}.`,
    ),
  "unknown-app": ({ slug }) =>
    say(400, "Failed to get workspace app.", `The agent has no app with the slug ${JSON.stringify(slug)}.`),
  "payload-unreadable": ({ detail }) => say(400, "Failed to decode request payload.", detail),
  "no-websocket": () =>
    refused(
      426,
      {
        message: "This is only told over a WebSocket.",
        detail:
          "Open it as a WebSocket (ws:// in place of http://), with the token as cookie or in the query.",
      },
      { Upgrade: "websocket" },
    ),
  "half-a-handshake": () =>
    refused(
      400,
      {
        message: "The handshake of the WebSocket is not complete.",
        detail:
          'It takes "Sec-WebSocket-Version: 13", a "Sec-WebSocket-Key" of 16 bytes in base64, and names in "Sec-WebSocket-Protocol", if any.',
      },
      { "Sec-WebSocket-Version": "13" },
    ),
  "payload-without-messages": () =>
    say(400, "Invalid agentapi payload.", 'The field "messages" is required; an empty array will do.'),
};

function say(status: number, message: string, detail?: string): Reply {
  const envelope: Envelope = detail === undefined ? { message } : { message, detail };
  return refused(status, envelope);
}

function cannotSend(status: RefusalOf<"cannot-send">["status"], rules: RevisionRules): Reply {
  switch (status) {
    case "paused":
      return rules.sendNotActive === 409
        ? say(409, "Task is paused.", "Resume the task before sending input.")
        : mustBeActive(status);
    case "pending":
    case "initializing":
      return rules.sendNotActive === 409
        ? say(409, `Task is ${status}.`, "The task is resuming. Wait until it is active.")
        : mustBeActive(status);
    case "error":
    case "unknown":
      return mustBeActive(status);
  }
}

function mustBeActive(status: string): Reply {
  return say(400, "Task must be active.", `The task's status is "${status}".`);
}

function signedOut(complaint: SessionComplaint): Reply {
  const detail = whySignedOut(complaint);
  const headers = {
    "WWW-Authenticate": `Bearer realm="coder", error="invalid_token", error_description="${detail.replaceAll('"', "'")}", resource_metadata="/.well-known/oauth-protected-resource"`,
  };
  return refused(
    401,
    { message: "You are signed out or your session has expired. Please sign in again.", detail },
    headers,
  );
}

function whySignedOut(complaint: SessionComplaint): string {
  switch (complaint.cause) {
    case "missing":
      return 'No session token came: send it as header "Coder-Session-Token", as cookie, as bearer token or in the query.';
    case "format":
      return `Invalid API key format: expected 2 parts of 10 and 22 characters around a hyphen, found ${complaint.parts} parts.`;
    case "unknown-key":
      return "API key is invalid: no key has this id.";
    case "wrong-secret":
      return "API key secret is invalid.";
    case "expired":
      return `API key expired at ${complaint.at}.`;
  }
}
