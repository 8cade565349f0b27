import { parseDuration } from "../../domain/duration.ts";
import { type Complaint, quoted } from "../finding-list.ts";

const oneDay = 86_400_000;

/** What is wrong with a span or range of the right form; undefined when nothing is. */
export function spanComplaint(text: string): Omit<Complaint, "at"> | undefined {
  const { least, most, turned } = endsOf(text);
  if (least === undefined || most === undefined) {
    return {
      message: `${quoted(text)} is beyond the calendar`,
      expected: "a day that exists, and a span of at most 100 years",
    };
  }
  if (least <= most) return undefined;
  return {
    message: `${quoted(text)} ends before it begins`,
    expected: `the shorter span first: "${turned}"`,
  };
}

/** The same for what happens while an agent is up, which takes a day at most. */
export function shortSpanComplaint(text: string): Omit<Complaint, "at"> | undefined {
  const { most } = endsOf(text);
  const complaint = spanComplaint(text);
  if (complaint !== undefined || most === undefined || most <= oneDay) return complaint;
  return { message: `${quoted(text)} is longer than a day`, expected: 'at most "1d"' };
}

function endsOf(text: string): {
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly turned: string;
} {
  const [first = "", second = first] = text.split("..");
  return { least: parseDuration(first), most: parseDuration(second), turned: `${second}..${first}` };
}
