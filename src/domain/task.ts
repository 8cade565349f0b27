import type { OrganizationId, PresetId, TaskId, TemplateVersionId, UserId, WorkspaceId } from "./ids.ts";
import type { Instant } from "./instant.ts";

export const messageRoles = ["user", "agent"] as const;
export type MessageRole = (typeof messageRoles)[number];

/** One entry of the conversation between the user and the agent. */
export interface Message {
  /** The agent's own numbering. */
  readonly id: number;
  readonly role: MessageRole;
  readonly content: string;
  readonly at: Instant;
}

/** A message as an agent uploaded it: roles and times are kept as they came and judged when they are read. */
export interface SnapshotMessage {
  readonly id: number;
  readonly role: string;
  readonly content: string;
  /** RFC 3339 text. */
  readonly time: string;
}

/** The last messages of the conversation, kept for the time when the agent is away. One a task. */
export interface Snapshot {
  readonly storedAt: Instant;
  readonly messages: readonly SnapshotMessage[];
}

export interface Task {
  readonly id: TaskId;
  readonly name: string;
  readonly displayName: string;
  readonly ownerId: UserId;
  readonly organizationId: OrganizationId;
  readonly templateVersionId: TemplateVersionId;
  readonly presetId?: PresetId;
  readonly prompt: string;
  readonly workspaceId?: WorkspaceId;
  readonly createdAt: Instant;
  /** Set from the moment DELETE answers; the task is invisible from then on. */
  readonly deletedAt?: Instant;
  readonly conversation: readonly Message[];
  readonly snapshot?: Snapshot;
}

/** Appends an entry to the conversation, numbered on from the last one. */
export function addMessage(task: Task, message: Omit<Message, "id">): Task {
  const id = (task.conversation.at(-1)?.id ?? 0) + 1;
  return { ...task, conversation: [...task.conversation, { id, ...message }] };
}

/** The prompt, unless the agent has heard it already. */
export function newPrompt({ conversation, prompt }: Task): string | undefined {
  const isKnown = conversation.some(({ role, content }) => role === "user" && content === prompt);
  return isKnown ? undefined : prompt;
}
