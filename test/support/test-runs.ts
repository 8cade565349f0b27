import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { BuiltPackage } from "./built-package.ts";

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A test of a run, with the messages of its errors. */
export interface RanTest {
  readonly title: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** Runs a program of Node in a project, with a clean environment. */
export async function runIn({ folder }: BuiltPackage, [file = "", ...args]: readonly string[]): Promise<Ran> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [file, ...args], {
    cwd: folder,
    env: { PATH, HOME, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, out, err };
}

/** What runs vitest, to be put behind a program or alone. */
export const vitestCommand = ["node_modules/vitest/vitest.mjs", "run", "--reporter=json"] as const;

/** The tests of a run of vitest, by title. */
export function vitestTests({ out, err }: Ran): ReadonlyMap<string, RanTest> {
  const { testResults }: VitestReport = reportIn(out, err);
  return byTitle(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ title, status, failureMessages: messages }) => ({ title, status, messages })),
    ),
  );
}

/** What runs Playwright. */
export const playwrightCommand = ["node_modules/@playwright/test/cli.js", "test", "--reporter=json"] as const;

/** The tests of a run of Playwright, by title; of retried ones the last run. */
export function playwrightTests({ out, err }: Ran): ReadonlyMap<string, RanTest> {
  const { suites }: PlaywrightReport = reportIn(out, err);
  return byTitle(suites.flatMap(testsOf));
}

function testsOf({ specs = [], suites = [] }: PlaywrightSuite): readonly RanTest[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ results }) => {
      const last = results.at(-1);
      return {
        title,
        status: last?.status ?? "none",
        messages: last?.errors.map(({ message }) => message) ?? [],
      };
    }),
  );
  return [...own, ...suites.flatMap(testsOf)];
}

function byTitle(tests: readonly RanTest[]): ReadonlyMap<string, RanTest> {
  return new Map(tests.map((test) => [test.title, test]));
}

function reportIn(out: string, err: string): ReturnType<typeof JSON.parse> {
  const begin = out.indexOf("{");
  if (begin === -1) throw new Error(`The run printed no report:\n${out}\n${err}`);
  return JSON.parse(out.slice(begin, out.lastIndexOf("}") + 1));
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly results: readonly {
        readonly status: string;
        readonly errors: readonly { readonly message: string }[];
      }[];
    }[];
  }[];
}
