import type { ScenarioParts } from "./read-document.ts";
import type { GenerateRecord, TaskRecord, UserRecord } from "./scenario-document.ts";

export interface GeneratedRecords {
  readonly users: readonly UserRecord[];
  readonly tasks: readonly TaskRecord[];
}

export function generateRecords(
  _parts: ScenarioParts,
  _order: GenerateRecord,
  _root: string,
): GeneratedRecords {
  return { users: [], tasks: [] };
}
