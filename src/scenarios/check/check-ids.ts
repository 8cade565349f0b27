import { isJsonArray, isJsonObject } from "../../contract/json.ts";
import { type FindingList, quoted } from "../finding-list.ts";
import type { Located } from "../fixtures.ts";
import type { ScenarioParts } from "../read-document.ts";

/** Complains about ids, and tokens of agents, that are given to two things. */
export function checkIds(parts: ScenarioParts, list: FindingList): void {
  const seen = new Set<string>();
  const records: readonly Located<unknown>[] = [
    ...parts.organizations,
    ...parts.users,
    ...parts.templates,
    ...parts.tasks,
  ];
  for (const record of records) {
    for (const { id, at } of idsIn(record.value, [])) {
      if (seen.has(id)) {
        list.add(record, { at, message: `the id ${quoted(id)} is used twice`, expected: "an id of its own" });
      }
      seen.add(id);
    }
  }
}

type Path = readonly (string | number)[];

interface FoundId {
  readonly id: string;
  readonly at: Path;
}

function idsIn(value: unknown, path: Path): readonly FoundId[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => idsIn(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    const isAgentToken = key === "token" && path.at(-1) === "agent";
    return typeof item === "string" && (key === "id" || isAgentToken) ? [{ id: item, at }] : idsIn(item, at);
  });
}
