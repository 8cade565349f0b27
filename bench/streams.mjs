// What open log streams cost a built server: resident memory before any, with the first, and with more of them, each a WebSocket that follows
// the log of an agent. Run by hand after `npm run build`:
//     node bench/streams.mjs [streams]
import { once } from "node:events";
import WebSocket from "ws";
import { pinLoadGenerator, startServer } from "./server-process.mjs";

const streams = Number(process.argv[2] ?? 100);
const headers = { "coder-session-token": "API_KEY" };
const args = ["dist/cli/main.js", "--port", "0", "--log-format", "json"];
const server = await startServer(args, { pinned: pinLoadGenerator() });

const agent = await runningAgent();
const path = `/api/v2/workspaceagents/${agent}/logs`;
const before = server.memory();
const sockets = [await follow()];
const first = server.memory();
while (sockets.length < streams) sockets.push(await follow());
const all = server.memory();
console.log(`no stream    ${MiB(before)}`);
console.log(`1 stream     ${MiB(first)}  (the package for WebSockets is loaded)`);
console.log(
  `${String(streams).padEnd(3)} streams  ${MiB(all)}  (${Math.round(((all - first) * 1024) / (streams - 1))} KiB each)`,
);
for (const socket of sockets) socket.terminate();
await server.stop();

async function runningAgent() {
  const { tasks } = await ask("/api/v2/tasks?q=status:active");
  return tasks[0].workspace_agent_id.uuid;
}

async function ask(target) {
  const response = await fetch(`${server.url}${target}`, { headers });
  if (!response.ok) throw new Error(`${target}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function follow() {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}${path}?follow`, { headers });
  await once(socket, "message");
  return socket;
}

function MiB(value) {
  return `${value.toFixed(1).padStart(6)} MiB`;
}
