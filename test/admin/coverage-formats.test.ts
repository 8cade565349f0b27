import { describe, expect, it } from "vitest";
import { coverageText } from "../../src/admin/coverage/coverage-formats.ts";
import { presentCoverage } from "../../src/admin/coverage/coverage-view.ts";
import { type CoverageReport, mergeReports } from "../../src/engine/coverage/ledger-report.ts";

const report: CoverageReport = {
  contracts: ["2.34 documented"],
  operations: [
    {
      id: "list",
      method: "GET",
      path: "/tasks",
      items: [
        { kind: "operation", direction: "request", place: "list", count: 3 },
        { kind: "status", direction: "response", place: "200", count: 2 },
        { kind: "status", direction: "response", place: "401", count: 0 },
        {
          kind: "value",
          direction: "response",
          status: "200",
          place: "body/q",
          variant: "<b>&\"|'",
          count: 1,
        },
      ],
    },
    {
      id: "make",
      method: "POST",
      path: "/tasks",
      items: [
        { kind: "operation", direction: "request", place: "make", count: 0 },
        { kind: "status", direction: "response", place: "201", count: 0 },
      ],
    },
  ],
};
const view = presentCoverage(report);

describe("a coverage report", () => {
  it("says how much was seen of what the gate asks for, of all and of each kind", () => {
    expect(view.gate).toEqual({ seen: 2, known: 5, percent: 40 });
    expect(view.all).toEqual({ seen: 3, known: 6, percent: 50 });
    expect(view.kinds).toContainEqual({ kind: "status", seen: 1, known: 3, percent: 33.3 });
    expect(view.kinds).toContainEqual({ kind: "branch", seen: 0, known: 0, percent: 100 });
  });

  it("names documented errors that were never met, and no other status", () => {
    expect(view.unmet_errors).toEqual([{ operation: "list", status: "401" }]);
  });

  it("is a table for a console, with a line for each operation", () => {
    const { mediaType, text } = coverageText("text", view);
    expect(mediaType).toBe("text/plain");
    expect(text.split("\n")).toEqual([
      "Contract coverage of 2.34 documented",
      "",
      "Operation  Calls  Statuses met  Never met  Other items",
      "list       3      200           401        1/1",
      "make       0      -             201        0/0",
      "",
      "Operations and documented statuses: 40 % (2 of 5)",
      expect.stringMatching(/^All items: 50 % \(3 of 6\): operation 1\/2, status 1\/3, media type 0\/0,/),
      "",
    ]);
  });

  it("is a share for each kind, as lcov words it", () => {
    const { mediaType, text } = coverageText("lcov", view);
    expect(mediaType).toBe("text/plain");
    expect(text.split("\n")).toEqual([
      "Summary coverage rate:",
      "  operations...: 50.0% (1 of 2 operations)",
      "  statuses.....: 33.3% (1 of 3 statuses)",
      "  media types..: no data found",
      "  parameters...: no data found",
      "  properties...: no data found",
      "  values.......: 100.0% (1 of 1 values)",
      "  branches.....: no data found",
      "",
    ]);
  });

  it("keeps to its lines and to plain text, whatever a document is called", () => {
    const odd = presentCoverage({
      contracts: ["Shop\n<b>_v2_</b>\u001b[2J"],
      operations: [{ id: "a\n|b\u0007", method: "GET", path: "/\uffff", items: [] }],
    });
    expect(coverageText("text", odd).text).toContain("of Shop\\u{a}<b>_v2_</b>\\u{1b}[2J\n");
    expect(coverageText("text", odd).text).toContain("\na\\u{a}|b\\u{7} ");
    expect(coverageText("markdown", odd).text).toContain(
      "### Contract coverage of Shop\\\\u{a}\\<b>\\_v2\\_\\</b>",
    );
    expect(coverageText("markdown", odd).text).toContain("\n| a\\\\u{a}\\|b");
    expect(coverageText("junit", odd).text).not.toMatch(/[^\t\n -\uD7FF\uE000-\uFFFD]/u);
  });

  it("is a table in Markdown", () => {
    const { mediaType, text } = coverageText("markdown", view);
    expect(mediaType).toBe("text/markdown");
    expect(text).toContain("### Contract coverage of 2.34 documented\n");
    expect(text).toContain("| list | 3 | 200 | 401 | 1/1 |\n");
  });

  it("is JUnit XML, in which each status is a test that fails when it was never met", () => {
    const { mediaType, text } = coverageText("junit", view);
    expect(mediaType).toBe("application/xml");
    expect(text).toContain('tests="3" failures="2">');
    expect(text).toContain('<testsuite name="list" tests="2" failures="1">');
    expect(text).toContain('<testcase classname="list" name="200"/>');
    expect(text).toMatch(
      /<testcase classname="list" name="401">\s*<failure message="GET \/tasks documents status 401, and no exchange met it."\/>/,
    );
  });

  it("is a page of its own, without scripts or addresses, in which texts are only texts", () => {
    const { mediaType, text } = coverageText("html", view);
    expect(mediaType).toBe("text/html");
    expect(text).not.toMatch(/<script|<link|https?:|\bsrc=|url\(/);
    expect(text).toContain("&lt;b&gt;&amp;&quot;|&#39;");
    expect(text).not.toContain("<b>");
    expect(text).toContain("<li><code>list</code> 401</li>");
  });
});

describe("reports that are added up", () => {
  it("count what they have in common once, and keep what only one has", () => {
    const other: CoverageReport = {
      contracts: ["2.30 documented"],
      operations: [
        {
          id: "list",
          method: "GET",
          path: "/tasks",
          items: [
            { kind: "operation", direction: "request", place: "list", count: 1 },
            { kind: "status", direction: "response", place: "500", count: 1 },
          ],
        },
      ],
    };
    const sum = mergeReports([report, other]);
    expect(sum.contracts).toEqual(["2.30 documented", "2.34 documented"]);
    expect(sum.operations.map(({ id }) => id)).toEqual(["list", "make"]);
    const counts = sum.operations[0]?.items.map(({ place, count }) => [place, count]);
    expect(counts).toEqual([
      ["list", 4],
      ["200", 2],
      ["401", 0],
      ["body/q", 1],
      ["500", 1],
    ]);
  });

  it("are the same for one report, and nothing for none", () => {
    expect(mergeReports([report])).toEqual(report);
    expect(mergeReports([])).toEqual({ contracts: [], operations: [] });
  });
});
