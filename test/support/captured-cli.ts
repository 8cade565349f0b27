import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

/** What commands wrote to the console in a test, and a folder for the files that they are given. */
export interface CapturedCli {
  out: string;
  err: string;
  readonly folder: string;
  /** Writes a file, as JSON unless it is a text, and gives its path. */
  written(name: string, content: unknown): Promise<string>;
}

/** Captures both outputs of the process for each test of the file that calls it, and makes the folder anew. */
export function capturedCli(): CapturedCli {
  let folder = "";
  const captured = {
    out: "",
    err: "",
    get folder() {
      return folder;
    },
    written: async (name: string, content: unknown) => {
      const file = join(folder, name);
      await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
  };
  beforeEach(async () => {
    captured.out = "";
    captured.err = "";
    folder = await mkdtemp(join(tmpdir(), "commands-"));
    // On GitHub the tests' own runs would be told on the page of the build.
    vi.stubEnv("GITHUB_STEP_SUMMARY", "");
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      captured.out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      captured.err += String(text);
      return true;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return captured;
}
