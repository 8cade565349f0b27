import { firstOf } from "../../operations/query.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import type { Scope } from "../scope.ts";
import { coverageText, isCoverageFormat } from "./coverage-formats.ts";
import { presentCoverage } from "./coverage-view.ts";

/** `GET /coverage`: of the world since its last reset, or of all worlds since the mock began. */
export function getCoverage({ host }: AdminContext, { query }: AdminCall, scope: Scope): Reply {
  const report = scope === "all" ? host.coverage.report(host.ledger) : host.ledger.report;
  const view = presentCoverage(report);
  const format = firstOf(query, "format");
  if (!isCoverageFormat(format)) return handled(200, view);
  return { outcome: "handled", status: 200, text: coverageText(format, view) };
}

/** `DELETE /coverage`. */
export function clearCoverage({ host }: AdminContext, _: AdminCall, scope: Scope): Reply {
  if (scope === "all") host.coverage.clear();
  else host.ledger.clear();
  return handled(204);
}
