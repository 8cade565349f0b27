export type { Config } from "./runtime/config.ts";
export { type RunningServer, type ServerOptions, startServer } from "./runtime/start-server.ts";
