import { type Envelope, type Reply, refused } from "../operations/reply.ts";
import { cutText } from "./cut-text.ts";

export type Complaint = NonNullable<Envelope["validations"]>[number];

/** 400: what was sent cannot be meant; one complaint for each place, named as `body/by`. */
export function badRequest(message: string, validations: readonly Complaint[]): Reply {
  const shown = validations.map(({ field, detail }) => ({
    field: readable(field),
    detail: readable(detail),
  }));
  return refused(400, { message: readable(message), validations: shown });
}

/** 404 for a name that nothing has. */
export function notFound(message: string, detail: string): Reply {
  return refused(404, { message: readable(message), detail: readable(detail) });
}

/** 409: it could be done in another state. */
export function conflict(message: string, detail: string): Reply {
  return refused(409, { message: readable(message), detail: readable(detail) });
}

/** More than that nobody reads, and a value that is repeated may be as long as a body. */
const mostShown = 1_000;

function readable(text: string): string {
  return cutText(text, mostShown);
}
