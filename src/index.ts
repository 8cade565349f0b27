export { type RunningServer, type ServerOptions, startServer } from "./runtime/start-server.ts";
