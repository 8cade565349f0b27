import { isJsonArray, isJsonObject } from "../../contract/json.ts";
import { FindingList, quoted } from "../finding-list.ts";
import { type Fixtures, listedKinds, nameKey } from "../fixtures.ts";
import { readScripts, readTranscripts } from "../read-document.ts";
import type { Finding, ScenarioSource } from "../scenario-source.ts";
import { shapeFindings } from "../shape-findings.ts";
import { checkScripts } from "./check-scripts.ts";
import { messageComplaints } from "./check-shape-of-task.ts";

/** Everything that is wrong with the fixtures themselves, whether or not a scenario uses them. */
export async function checkFixtures(fixtures: Fixtures): Promise<readonly Finding[]> {
  const list = new FindingList();
  for (const source of fixtures.sources) checkDuplicates(source, list);
  const shapes = fixtures.sources.flatMap((source) => shapeFindings(source, fixtures.checkFixture));
  for (const transcript of readTranscripts(fixtures)) {
    for (const complaint of messageComplaints(transcript.value)) list.add(transcript, complaint);
  }
  await checkScripts(readScripts(fixtures), list);
  return [...shapes, ...list.findings];
}

/** A later file may replace a record; within one file, a second record of one name is a mistake. */
function checkDuplicates(source: ScenarioSource, list: FindingList): void {
  for (const kind of listedKinds) {
    const section = isJsonObject(source.document) ? source.document[kind] : undefined;
    if (!isJsonArray(section)) continue;
    const names = section.map((record) => (isJsonObject(record) ? record[nameKey(kind)] : undefined));
    for (const [index, name] of names.entries()) {
      if (typeof name !== "string" || names.indexOf(name) === index) continue;
      list.add(
        { value: section[index], source, pointer: `/${kind}/${index}` },
        {
          at: [nameKey(kind)],
          message: `${quoted(name)} is used twice`,
          expected: "a name of its own in this file",
        },
      );
    }
  }
}
