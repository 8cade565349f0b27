import type { components } from "../../contract/generated/companions.ts";
import type { FieldComplaint } from "../../domain/field-complaint.ts";
import { parseUuid } from "../../domain/ids.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall } from "../operation.ts";
import type { Query } from "../query.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";

/** `GET /notifications/inbox`. Nothing in a world sends notifications, so every inbox is empty, whatever the filter. */
export function listInboxNotifications(world: World, { query }: CallerCall): Reply {
  const complaints = complaintsAbout(query);
  if (complaints.length > 0) return refuse({ kind: "bad-query", complaints }, world.rules);
  const body: components["schemas"]["InboxNotifications"] = { notifications: [], unread_count: 0 };
  return handled(200, body);
}

type Complain = (text: string) => string | undefined;

const complainAboutIds: Complain = (text) =>
  text.split(",").every(isUuid) ? undefined : "be UUIDs with commas between them";

/** What is wrong with a value, for each parameter that is read. */
const readers: Readonly<Record<string, Complain>> = {
  targets: complainAboutIds,
  templates: complainAboutIds,
  read_status: (text) => (/^(?:all|read|unread)$/.test(text) ? undefined : 'be "all", "read" or "unread"'),
  starting_before: (text) => (isUuid(text) ? undefined : "be a valid UUID"),
};

function complaintsAbout(query: Query): readonly FieldComplaint[] {
  const given = query.filter(([field, text]) => text !== "" && Object.hasOwn(readers, field));
  return given.flatMap(([field, text]) => {
    const wanted = readers[field]?.(text);
    return wanted === undefined ? [] : [{ field, detail: `Query param "${field}" must ${wanted}` }];
  });
}

function isUuid(text: string): boolean {
  return parseUuid(text) !== undefined;
}
