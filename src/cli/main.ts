#!/usr/bin/env node
import { runCli } from "./run-cli.ts";

// A reader that has seen enough, such as `head`, closes the pipe: the rest goes nowhere, and that is fine.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2));
