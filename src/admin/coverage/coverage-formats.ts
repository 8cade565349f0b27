import type { TextBody } from "../../operations/reply.ts";
import { coverageHtml } from "./coverage-html.ts";
import { coverageJunit } from "./coverage-junit.ts";
import { coverageLcov } from "./coverage-lcov.ts";
import { coverageMarkdown, coverageTable } from "./coverage-table.ts";
import type { CoverageView } from "./coverage-view.ts";

interface Format {
  readonly mediaType: string;
  write(view: CoverageView): string;
}

/** How a coverage report can be written beside JSON. */
const formats = {
  html: { mediaType: "text/html", write: coverageHtml },
  junit: { mediaType: "application/xml", write: coverageJunit },
  text: { mediaType: "text/plain", write: coverageTable },
  lcov: { mediaType: "text/plain", write: coverageLcov },
  markdown: { mediaType: "text/markdown", write: coverageMarkdown },
} as const satisfies Record<string, Format>;

export type CoverageFormat = keyof typeof formats;

export function isCoverageFormat(word: string | undefined): word is CoverageFormat {
  return word !== undefined && Object.hasOwn(formats, word);
}

export function coverageText(format: CoverageFormat, view: CoverageView): TextBody {
  const { mediaType, write } = formats[format];
  return { mediaType, text: write(view) };
}
