import { presentCompatibility } from "../../admin/compatibility.ts";
import { type Profile, profiles, type Revision, revisionOf, revisions } from "../../domain/revision.ts";
import { type CompatibilityReport, type Recording, rejudge } from "../../engine/compatibility/rejudge.ts";
import { openDocuments } from "../contract-files.ts";
import { ContractStore } from "../contract-store.ts";
import { StartError } from "../start-error.ts";
import { readJournals } from "./compat-file.ts";
import { compatReport } from "./compat-report.ts";

const formats = ["text", "json"] as const;

/** Journals to judge, as it was asked for. */
export interface CompatChoice {
  readonly files: readonly string[];
  readonly format: string;
  /** A release that has to do; undefined: none. */
  readonly require: string | undefined;
  /** The profile in which it has to; undefined: those of the journals. */
  readonly profile: string | undefined;
  /** Whether answers may differ in that release. */
  readonly requestsOnly: boolean;
}

export interface CompatText {
  readonly text: string;
  /** Why the release that has to do does not, a line for each profile. */
  readonly complaints: readonly string[];
}

/** Judges journals by every contract. Throws a `StartError` for a choice or a file that makes no sense. */
export async function compatText(choice: CompatChoice): Promise<CompatText> {
  const format = oneOf("format", choice.format, formats);
  const required = choice.require === undefined ? undefined : requiredRevision(choice.require);
  const asked = choice.profile === undefined ? undefined : oneOf("profile", choice.profile, profiles);
  const recordings = await readJournals(choice.files);
  const contracts = new ContractStore(await openDocuments());
  const judged = (some: readonly Recording[]) => rejudge(some, (key) => contracts.surfaceFor(key).contract);
  const report = judged(recordings);
  const reports = asked === undefined ? byProfile(recordings, judged) : [{ profile: asked, report }];
  return {
    text:
      format === "text" ? compatReport(report) : `${JSON.stringify(presentCompatibility(report), null, 2)}\n`,
    complaints:
      required === undefined
        ? []
        : reports.flatMap((one) => complaintsOf(one.report, { ...choice, ...one, revision: required })),
  };
}

interface ReportOf {
  readonly profile: Profile;
  readonly report: CompatibilityReport;
}

/** Journals of each profile by themselves: answers of one never fit the other. Those without exchanges show nothing. */
function byProfile(
  recordings: readonly Recording[],
  judged: (some: readonly Recording[]) => CompatibilityReport,
): readonly ReportOf[] {
  const telling = recordings.filter(({ exchanges }) => exchanges.length > 0);
  const asked = telling.length === 0 ? recordings : telling;
  const within = profiles.filter((profile) => asked.some((recording) => recording.profile === profile));
  return within.map((profile) => ({
    profile,
    report: judged(recordings.filter((recording) => recording.profile === profile)),
  }));
}

function oneOf<Word extends string>(flag: string, given: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === given);
  if (word !== undefined) return word;
  throw new StartError(`--${flag} is ${JSON.stringify(given)}; expected one of ${words.join(", ")}.`);
}

function requiredRevision(given: string): Revision {
  const revision = revisionOf(given);
  if (revision !== undefined) return revision;
  const expected = `one of ${revisions.join(", ")}, or a Coder release from 2.30 on`;
  throw new StartError(`--require is ${JSON.stringify(given)}; expected ${expected}.`);
}

interface Requirement {
  readonly revision: Revision;
  readonly profile: Profile;
  readonly requestsOnly: boolean;
}

function complaintsOf(
  { judged, profiles: reports }: CompatibilityReport,
  { revision, profile, requestsOnly }: Requirement,
): readonly string[] {
  if (judged === 0) return [`Nothing shows that ${revision} ${profile} would do: no exchange was judged.`];
  const report = reports.find((candidate) => candidate.profile === profile);
  const verdict = report?.cells.find((cell) => cell.revision === revision)?.verdict;
  if (verdict === "fits" || (requestsOnly && verdict === "differs")) return [];
  const smallest = requestsOnly ? report?.smallestForRequests : report?.smallest;
  const need = smallest === undefined ? "No release would" : `The smallest that would is ${smallest}`;
  const why = verdict === "differs" ? "not every answer could be the same" : "not every request is taken";
  return [`${revision} ${profile} would not do: ${why}. ${need}.`];
}
