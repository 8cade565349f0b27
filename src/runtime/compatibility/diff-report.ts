import { plainLine } from "../../admin/coverage/plain-line.ts";
import type { ChangeKind, DiffPlace, DocumentChange } from "../../contract/diff/document-diff-change.ts";

const mostPlaces = 3;

/** Changes for people: breaking ones first, each with what it was, what it is, why, and where. */
export function diffReport(before: string, after: string, changes: readonly DocumentChange[]): string {
  const breaking = changes.filter((change) => change.breaking);
  const fine = changes.filter((change) => !change.breaking);
  const number = `${changes.length} ${changes.length === 1 ? "change" : "changes"}, ${breaking.length} breaking`;
  return [
    `${before} -> ${after}: ${number}`,
    ...section("breaking", breaking),
    ...section("not breaking", fine),
    "",
  ]
    .map(plainLine)
    .join("\n");
}

function section(title: string, changes: readonly DocumentChange[]): readonly string[] {
  return changes.length === 0 ? [] : ["", title, ...changes.flatMap(linesOf)];
}

function linesOf(change: DocumentChange): readonly string[] {
  const { kind, side, subject, before, after, places, reason } = change;
  const isWhole = places.every(({ part }) => part === "");
  const shown = places.slice(0, isWhole ? 0 : mostPlaces).map((place) => `      ${placeText(place)}`);
  const more = places.length - shown.length;
  const values =
    before === undefined && after === undefined ? "" : `: ${before ?? "none"} -> ${after ?? "none"}`;
  return [
    `  ${side} ${sentences[kind].replace("%", subject)}${values} (${reason})`,
    ...shown,
    ...(more > 0 && !isWhole ? [`      and ${more} more ${more === 1 ? "place" : "places"}`] : []),
  ];
}

function placeText({ operation, part, pointer }: DiffPlace): string {
  return [operation, part, pointer].filter((text) => text !== "").join("  ");
}

const sentences = {
  "server-removed": "address % is gone",
  "server-added": "address % is new",
  "credentials-removed": "signing in by % is gone",
  "credentials-added": "signing in by % is new",
  "operation-removed": "% is gone",
  "operation-added": "% is new",
  "parameter-removed": "parameter % is gone",
  "parameter-added": "parameter % is new, optional",
  "required-parameter-added": "parameter % is new, required",
  "style-changed": "% has changed",
  "body-removed": "% is gone",
  "body-added": "% is new, optional",
  "required-body-added": "% is new, required",
  "media-type-removed": "media type % is gone",
  "media-type-added": "media type % is new",
  "status-removed": "status % is gone",
  "success-status-added": "status % is new",
  "error-status-added": "status % is new",
  "content-removed": "% is gone",
  "content-added": "% is new",
  "header-removed": "header % is gone",
  "header-added": "header % is new",
  "property-removed": "property % is gone",
  "property-added": "property % is new",
  "required-property-added": "property % is new, required",
  "became-required": "% is required now",
  "became-optional": "% is optional now",
  narrowed: "% is narrower",
  widened: "% is wider",
  altered: "% has changed",
} as const satisfies Record<ChangeKind, string>;
