import { createGlobalSetup } from "coder-tasks-mock/vitest/global-setup";

/** One mock for the run. In its default world are nobody's tests, so a call that names no world is a mistake. */
export const setup = createGlobalSetup({ strictWorlds: true });
