import type { components } from "../../contract/generated/companions.ts";
import { handled, type Reply } from "../reply.ts";

/** `GET /experiments`: none is switched on. In no revision do tasks depend on one. */
export function listExperiments(): Reply {
  const body: components["schemas"]["Experiments"] = [];
  return handled(200, body);
}
