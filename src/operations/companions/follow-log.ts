import type { Log, Written } from "../../domain/build-log.ts";
import type { Query } from "../query.ts";
import type { News } from "../reply.ts";
import { type LogRange, linesIn } from "./read-log-range.ts";

/** Whether a client wants to be told what comes. The parameter says so by being there, whatever its value. */
export function isFollowing(query: Query): boolean {
  return query.some(([name]) => name === "follow");
}

/** Where a log that is followed comes from. */
export interface FollowedLog<Line> {
  readonly range: LogRange;
  /** The log as it is by now; undefined once it is gone. */
  read(): Log<Line> | undefined;
  /** What lines go out as: one text for each, or for all that are new at once. */
  present(lines: readonly Written<Line>[]): readonly string[];
}

/** The lines of a log that nobody was told of yet. */
export function newsOfLog<Line>({ range, read, present }: FollowedLog<Line>): () => News {
  let { after } = range;
  return () => {
    const log = read();
    if (log === undefined) return { texts: [], isOver: true };
    const lines = linesIn(log.lines, { ...range, after });
    after = lines.at(-1)?.id ?? after;
    return { texts: lines.length === 0 ? [] : present(lines), isOver: log.isOver, next: log.next };
  };
}
