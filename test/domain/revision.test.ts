import { describe, expect, it } from "vitest";
import { revisionOf } from "../../src/domain/revision.ts";

describe("a release number", () => {
  it.each([
    ["2.30", "2.30"],
    ["v2.30.0", "2.30"],
    ["2.31", "2.31"],
    ["2.32", "2.31"],
    ["v2.33.7", "2.31"],
    ["2.34", "2.34"],
    ["2.36", "2.34"],
    ["2.100", "2.34"],
    ["3.0", "2.34"],
  ])("%s means revision %s", (text, revision) => {
    expect(revisionOf(text)).toBe(revision);
  });

  it.each(["", "2", "2.29", "1.99", "0.0", "latest", "2.x", "2.30.1.1", "2.30-rc1", " 2.30", "2.3"])(
    "%j means none",
    (text) => {
      expect(revisionOf(text)).toBeUndefined();
    },
  );
});
