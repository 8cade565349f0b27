import { type Envelope, type Reply, refused } from "../operations/reply.ts";

export type Complaint = NonNullable<Envelope["validations"]>[number];

/** 400: what was sent cannot be meant; one complaint for each place, named as `body/by`. */
export function badRequest(message: string, validations: readonly Complaint[]): Reply {
  return refused(400, { message, validations });
}

/** 404 for a name that nothing has. */
export function notFound(message: string, detail: string): Reply {
  return refused(404, { message, detail });
}

/** 409: it could be done in another state. */
export function conflict(message: string, detail: string): Reply {
  return refused(409, { message, detail });
}
