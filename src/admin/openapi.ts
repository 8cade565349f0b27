import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";

/** `GET /openapi.json`: the admin API's own document. */
export function getDocument({ document }: AdminContext): Reply {
  return handled(200, document);
}
