import type { FieldComplaint } from "./field-complaint.ts";
import type { TaskStatus, WorkspaceStatus } from "./task-status.ts";

/** Why a caller's session token was not taken. */
export type SessionComplaint =
  | { readonly cause: "missing" }
  | { readonly cause: "format"; readonly parts: number }
  | { readonly cause: "unknown-key" }
  | { readonly cause: "wrong-secret" }
  | { readonly cause: "expired"; readonly at: string };

/** Every reason for which the modelled service says no. `operations/refuse.ts` words each as the API's answer. */
export type Refusal =
  | { readonly kind: "inactive-user" }
  | { readonly kind: "session"; readonly complaint: SessionComplaint }
  | {
      readonly kind: "agent-token";
      readonly cause: "missing" | "format" | "unknown";
      readonly length: number;
    }
  | { readonly kind: "unknown-user"; readonly queried: string }
  /** Unknown, deleted or not for this caller's eyes: deliberately not told apart. */
  | { readonly kind: "not-found" }
  | { readonly kind: "bad-uuid"; readonly text: string }
  /** A list is to go on behind a row that it does not have. */
  | { readonly kind: "unknown-after-id"; readonly id: string }
  | { readonly kind: "bad-build-number"; readonly text: string }
  /** Gone, and shown only to whoever asks for deleted ones, too. */
  | { readonly kind: "workspace-deleted"; readonly id: string }
  | { readonly kind: "forbidden" }
  /** What a question about permissions is about was not said. */
  | { readonly kind: "check-without-type"; readonly name: string }
  | {
      readonly kind: "bad-resource-id";
      readonly id: string;
      /** The type of what cannot be looked up by id at all; absent for an id that is none. */
      readonly unsupported?: string;
    }
  | { readonly kind: "version-unfinished"; readonly status: string }
  | { readonly kind: "body-unreadable"; readonly detail: string }
  | { readonly kind: "template-version-not-found" }
  | { readonly kind: "no-ai-task"; readonly version: string }
  | { readonly kind: "bad-name"; readonly complaint: string }
  | { readonly kind: "display-name-too-long" }
  | { readonly kind: "template-forbidden" }
  | { readonly kind: "template-deprecated"; readonly why: string }
  | { readonly kind: "template-version-archived" }
  | { readonly kind: "template-import-unfinished"; readonly status: string }
  | { readonly kind: "template-import-failed"; readonly status: string }
  | { readonly kind: "unknown-preset" }
  | { readonly kind: "name-taken"; readonly name: string }
  | { readonly kind: "input-required" }
  | { readonly kind: "not-paused"; readonly status: TaskStatus }
  | { readonly kind: "cannot-send"; readonly status: Exclude<TaskStatus, "active"> }
  | { readonly kind: "no-app" }
  | { readonly kind: "app-url-missing" }
  | { readonly kind: "app-url-scheme"; readonly scheme: string }
  | { readonly kind: "app-unreachable"; readonly what: "status" | "messages" }
  | { readonly kind: "app-busy" }
  | { readonly kind: "app-refused" }
  | { readonly kind: "logs-not-available"; readonly status: TaskStatus }
  | { readonly kind: "snapshot-role"; readonly role: string }
  | { readonly kind: "no-workspace" }
  | { readonly kind: "build-active" }
  | { readonly kind: "build-forbidden"; readonly transition: string }
  | { readonly kind: "job-over"; readonly how: "completed" | "canceled" }
  | { readonly kind: "job-moved-on"; readonly expected: string; readonly status: string }
  | { readonly kind: "build-of-deleted" }
  | { readonly kind: "version-of-other-template"; readonly version: string }
  /** The field of each complaint is the name of a parameter. */
  | { readonly kind: "bad-parameters"; readonly complaints: readonly FieldComplaint[] }
  /** Fields of a body that was read all right. */
  | { readonly kind: "bad-fields"; readonly complaints: readonly FieldComplaint[] }
  | { readonly kind: "already-running"; readonly status: WorkspaceStatus }
  | {
      readonly kind: "bad-search";
      /** What was searched for. */
      readonly things: "task" | "template" | "user" | "workspace";
      readonly complaints: readonly FieldComplaint[];
    }
  | { readonly kind: "search-failed"; readonly status: string }
  | { readonly kind: "bad-task-id"; readonly text: string }
  | { readonly kind: "bad-query"; readonly complaints: readonly FieldComplaint[] }
  | { readonly kind: "bad-format"; readonly format: string }
  | { readonly kind: "unknown-app"; readonly slug: string }
  | { readonly kind: "payload-unreadable"; readonly detail: string }
  | { readonly kind: "payload-without-messages" }
  /** What is only told over a WebSocket was asked for without one. */
  | { readonly kind: "no-websocket" }
  | { readonly kind: "half-a-handshake" };
