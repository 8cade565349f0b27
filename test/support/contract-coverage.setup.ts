import { afterAll } from "vitest";
import { writeCounted } from "./contract-coverage.ts";

// Set up anew for every file, though files share their modules.
afterAll(writeCounted);
