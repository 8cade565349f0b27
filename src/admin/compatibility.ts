import type { components } from "../contract/generated/admin.ts";
import type { Reason } from "../engine/compatibility/reasons.ts";
import { recordingOf } from "../engine/compatibility/recording.ts";
import { type CellReport, type CompatibilityReport, rejudge } from "../engine/compatibility/rejudge.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";

type Schemas = components["schemas"];

/** `GET /compatibility`: what the clients of a world did, judged by every contract. */
export function getCompatibility({ host, contractFor }: AdminContext): Reply {
  return handled(200, presentCompatibility(rejudge([recordingOf(host)], contractFor)));
}

export function presentCompatibility(report: CompatibilityReport): Schemas["Compatibility"] {
  const { judged, mistaken, mistakes, moreMistakes, incomplete, dropped, foreign, profiles } = report;
  return {
    judged,
    not_judged: { incomplete, dropped, foreign },
    mistakes: { count: mistaken, reasons: mistakes.map(presentReason), more_reasons: moreMistakes },
    profiles: profiles.map(({ profile, smallest, smallestForRequests, cells }) => ({
      profile,
      ...(smallest === undefined ? {} : { smallest }),
      ...(smallestForRequests === undefined ? {} : { smallest_for_requests: smallestForRequests }),
      revisions: cells.map(presentCell),
    })),
  };
}

function presentCell(cell: CellReport): Schemas["RevisionCompatibility"] {
  const { revision, verdict, fine, missing, refused, different, reasons, moreReasons } = cell;
  const counts = { fine, missing, refused, different };
  return {
    revision,
    verdict,
    ...counts,
    reasons: reasons.map(presentReason),
    more_reasons: moreReasons,
  };
}

function presentReason({ kind, operation, text, count, exchanges }: Reason): Schemas["CompatibilityReason"] {
  return { kind, ...(operation === undefined ? {} : { operation }), text, count, exchanges: [...exchanges] };
}
